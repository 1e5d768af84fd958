package com.igny8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

class ModularityTests {
    private static final ApplicationModules MODULES = ApplicationModules.of(Igny8.class);

    private static final Path DRAWN = Path.of("docs/modules.puml");
    private static final Path FRESH = Path.of("target/modules/modules.puml");

    private static final Pattern ROOM = Pattern.compile("component \"==(\\w+)");
    private static final Pattern USE = Pattern.compile("Igny8\\.(\\w+) --> Igny8\\.Igny8\\.(\\w+)");

    @Test
    void everyRoomUsesOnlyWhatItMay() {
        MODULES.verify();
    }

    @Test
    void theDiagramShowsTheRoomsAsTheyAre() throws IOException {
        Files.createDirectories(FRESH.getParent());
        Files.writeString(FRESH, diagram());

        assertThat(Files.exists(DRAWN) ? Files.readString(DRAWN) : "")
                .as("Draw it anew: cp %s %s", FRESH, DRAWN)
                .isEqualTo(Files.readString(FRESH));
    }

    /** As Modulith's documenter has it, but in an order that stays, and short enough to read. */
    private static String diagram() throws IOException {
        new Documenter(MODULES, Documenter.Options.defaults().withOutputFolder("target/modules"))
                .writeModulesAsPlantUml(
                        Documenter.DiagramOptions.defaults()
                                .withStyle(Documenter.DiagramOptions.DiagramStyle.UML));
        String written = Files.readString(Path.of("target/modules/components.puml"));
        List<String> lines = new ArrayList<>();
        lines.add("@startuml");
        lines.addAll(
                new TreeSet<>(
                        ROOM.matcher(written)
                                .results()
                                .map(room -> "component " + room.group(1))
                                .toList()));
        lines.addAll(
                new TreeSet<>(
                        USE.matcher(written)
                                .results()
                                .map(use -> use.group(1) + " --> " + use.group(2))
                                .toList()));
        lines.add("@enduml\n");
        return String.join("\n", lines);
    }
}
