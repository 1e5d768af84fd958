package com.igny8;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ModularityTests {
    private static final ApplicationModules MODULES = ApplicationModules.of(Igny8.class);

    @Test
    void everyRoomUsesOnlyWhatItMay() {
        MODULES.verify();
    }

    @Test
    void theDiagramShowsTheRoomsAsTheyAre() throws IOException {
        new Documenter(MODULES, Documenter.Options.defaults().withOutputFolder("target/modules"))
                .writeModulesAsPlantUml(
                        Documenter.DiagramOptions.defaults()
                                .withStyle(Documenter.DiagramOptions.DiagramStyle.UML));

        Path drawn = Path.of("docs/modules.puml");
        assertThat(drawn)
                .as("Draw it anew: cp target/modules/components.puml docs/modules.puml")
                .exists();
        assertThat(Files.readString(drawn))
                .as("Draw it anew: cp target/modules/components.puml docs/modules.puml")
                .isEqualTo(Files.readString(Path.of("target/modules/components.puml")));
    }
}
