package com.igny8.planner.importing;

import com.igny8.planner.importing.UnreadableFile.Reason;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes text and refuses what is not in its encoding, naming the place: a guess at another
 * encoding would store wrong letters in keywords without anyone noticing.
 */
final class StrictReader extends Reader {
    private static final int BUFFER_BYTES = 16 << 10;

    private final InputStream source;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final CharBuffer characters = CharBuffer.allocate(BUFFER_BYTES).flip();
    private long bytesDecoded;
    private int line = 1;
    private boolean sourceEnded;

    StrictReader(InputStream source, Charset charset, int markBytes) throws IOException {
        this.source = source;
        decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        source.skipNBytes(markBytes);
        bytesDecoded = markBytes;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (!characters.hasRemaining()) {
            if (sourceEnded && !bytes.hasRemaining()) {
                return -1;
            }
            fill();
            decode();
        }
        int count = Math.min(length, characters.remaining());
        characters.get(target, offset, count);
        return count;
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = source.read(bytes.array(), bytes.position(), bytes.remaining());
        if (count < 0) {
            sourceEnded = true;
        } else {
            bytes.position(bytes.position() + count);
        }
        bytes.flip();
    }

    private void decode() {
        int start = bytes.position();
        characters.clear();
        CoderResult result = decoder.decode(bytes, characters, sourceEnded);
        bytesDecoded += bytes.position() - start;
        characters.flip();
        countLines();
        if (result.isError()) {
            throw new UnreadableFile(
                    Reason.INVALID_ENCODING,
                    "The text is not valid %s at line %,d (byte %,d); save the file as UTF-8 and send it again."
                            .formatted(decoder.charset().name(), line, bytesDecoded + 1));
        }
    }

    private void countLines() {
        for (int index = characters.position(); index < characters.limit(); index++) {
            if (characters.get(index) == '\n') {
                line++;
            }
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
