package com.igny8.planner.importing;

import com.igny8.planner.importing.UnreadableFile.Reason;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts of an Excel workbook (ECMA-376): a zip archive of XML files that point to each other.
 *
 * <p>Read with the JDK alone, because a 1 kB workbook with a cell addressed {@code ZZZZZZ1} makes
 * the library at hand allocate until the process dies. Here nothing is allocated on a file's word.
 */
final class Workbook implements Closeable {
    private static final int ENTRIES_MAX = 1_000;
    private static final int SHARED_TEXT_CHARS_MAX = 32 << 20;
    private static final int SHARED_TEXTS_MAX = 1 << 20;
    private static final String OFFICE_RELATIONSHIPS =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String STRICT_RELATIONSHIPS =
            "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private static final XMLInputFactory XML = xml();

    private final ZipFile archive;
    private final InflationLimit inflation = new InflationLimit();
    private final List<Relationship> relationships;
    private final String sheetPart;

    private record Relationship(String id, String type, String target) {}

    private Workbook(ZipFile archive) throws IOException, XMLStreamException {
        this.archive = archive;
        if (archive.size() > ENTRIES_MAX) {
            throw malformed();
        }
        String workbookPart = target(relationships(""), "/officeDocument");
        if (workbookPart == null || archive.getEntry(workbookPart) == null) {
            throw notAWorkbook();
        }
        relationships = relationships(workbookPart);
        sheetPart = firstVisibleSheet(workbookPart);
    }

    static Workbook open(Path file) throws IOException {
        ZipFile archive = intact(() -> new ZipFile(file.toFile()));
        try {
            return intact(() -> new Workbook(archive));
        } catch (IOException | RuntimeException fault) {
            archive.close();
            throw fault;
        }
    }

    private interface Reading<T> {
        T read() throws IOException, XMLStreamException;
    }

    /** Damage has many faces: the XML parser reports some by runtime exceptions of its own. */
    private static <T> T intact(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (UnreadableFile refused) {
            throw refused;
        } catch (XMLStreamException | ZipException | EOFException | RuntimeException damage) {
            throw malformed();
        }
    }

    /** Where a part points to; the archive itself is the part with the empty name. */
    private List<Relationship> relationships(String part) throws IOException, XMLStreamException {
        int slash = part.lastIndexOf('/') + 1;
        String folder = part.substring(0, slash);
        String listing = folder + "_rels/" + part.substring(slash) + ".rels";
        List<Relationship> found = new ArrayList<>();
        if (archive.getEntry(listing) == null) {
            return found;
        }
        XMLStreamReader reader = reader(listing);
        while (goTo(reader, "Relationship")) {
            String target = attribute(reader, "Target");
            found.add(
                    new Relationship(
                            attribute(reader, "Id"),
                            attribute(reader, "Type"),
                            target.startsWith("/") ? target.substring(1) : folder + target));
        }
        return found;
    }

    private static @Nullable String target(List<Relationship> relationships, String type) {
        return relationships.stream()
                .filter(relationship -> relationship.type().endsWith(type))
                .map(Relationship::target)
                .findFirst()
                .orElse(null);
    }

    private String firstVisibleSheet(String workbookPart) throws IOException, XMLStreamException {
        Map<String, String> targets = new HashMap<>();
        relationships.forEach(relation -> targets.put(relation.id(), relation.target()));
        XMLStreamReader reader = reader(workbookPart);
        if (!goTo(reader, "workbook")) {
            throw notAWorkbook();
        }
        while (goTo(reader, "sheet")) {
            String state = reader.getAttributeValue(null, "state");
            String id = reader.getAttributeValue(OFFICE_RELATIONSHIPS, "id");
            id = id == null ? reader.getAttributeValue(STRICT_RELATIONSHIPS, "id") : id;
            String part = id == null ? null : targets.get(id);
            if (part != null && (state == null || state.equals("visible"))) {
                return part;
            }
        }
        throw new UnreadableFile(Reason.NO_ROWS, "The workbook has no visible sheet.");
    }

    /** Cells of the same text share it; all texts are needed at once, so they have a limit. */
    List<String> sharedTexts() throws IOException {
        String part = target(relationships, "/sharedStrings");
        return part == null || archive.getEntry(part) == null
                ? List.of()
                : intact(() -> sharedTexts(reader(part)));
    }

    private static List<String> sharedTexts(XMLStreamReader reader) throws XMLStreamException {
        List<String> texts = new ArrayList<>();
        long characters = 0;
        while (goTo(reader, "si")) {
            String text = sharedText(reader);
            characters += text.length();
            if (characters > SHARED_TEXT_CHARS_MAX || texts.size() >= SHARED_TEXTS_MAX) {
                throw InflationLimit.tooLarge();
            }
            texts.add(text);
        }
        return texts;
    }

    /** Formatted text comes in runs; {@code rPh} is only the pronunciation. */
    private static String sharedText(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (reader.next() != XMLStreamConstants.END_ELEMENT
                || !reader.getLocalName().equals("si")) {
            if (reader.isStartElement() && reader.getLocalName().equals("t")) {
                text.append(text(reader));
            } else if (reader.isStartElement() && reader.getLocalName().equals("rPh")) {
                skip(reader);
            }
        }
        return text.toString();
    }

    XMLStreamReader sheet() throws IOException {
        return intact(() -> reader(sheetPart));
    }

    private XMLStreamReader reader(String part) throws IOException, XMLStreamException {
        ZipEntry entry = archive.getEntry(part);
        if (entry == null) {
            throw malformed();
        }
        return XML.createXMLStreamReader(
                inflation.of(archive.getInputStream(entry), entry.getCompressedSize()));
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        if (value == null) {
            throw malformed();
        }
        return value;
    }

    /** Moves to the next start of this element; false at the end of the document. */
    static boolean goTo(XMLStreamReader reader, String element) throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw malformed();
            }
            if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals(element)) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the next start of this element; false at the end of the one around it. */
    static boolean goToWithin(XMLStreamReader reader, String element, String around)
            throws XMLStreamException {
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals(element)) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(around)) {
                return false;
            }
        }
    }

    /** The text up to the end of the element the reader stands on, read in bounded pieces. */
    static String text(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.isStartElement()) {
                throw malformed();
            }
            if (reader.isCharacters()) {
                text.append(reader.getText());
            }
            if (text.length() > Lines.CELL_CHARS_MAX) {
                throw new UnreadableFile(
                        Reason.MALFORMED_FILE,
                        "A cell has more than %,d characters.".formatted(Lines.CELL_CHARS_MAX));
            }
        }
        return text.toString();
    }

    static void skip(XMLStreamReader reader) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
        }
    }

    /** The JDK's own parser, without documents that define or fetch entities. */
    private static XMLInputFactory xml() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    static UnreadableFile malformed() {
        return new UnreadableFile(
                Reason.MALFORMED_FILE, "The workbook is damaged; save it again as XLSX or as CSV.");
    }

    private static UnreadableFile notAWorkbook() {
        return new UnreadableFile(
                Reason.UNSUPPORTED_FILE,
                "The file is a zip archive, not an Excel workbook; send the file inside it.");
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
