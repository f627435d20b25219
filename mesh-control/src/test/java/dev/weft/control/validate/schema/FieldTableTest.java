package dev.weft.control.validate.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FieldTableTest {
    private static final Path DOCUMENT = Path.of("../docs/istio-fields.md");

    @Test
    void theDocumentOfFieldsIsNotStale() throws IOException {
        String table = FieldTable.markdown(Schema.ISTIO);
        if (Boolean.getBoolean("weft.write-docs")) {
            Files.writeString(DOCUMENT, table);
        }
        assertThat(DOCUMENT)
                .as("write it with: mvn -pl mesh-core,mesh-control test -Dtest=FieldTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dweft.write-docs=true")
                .content()
                .isEqualTo(table);
    }

    @Test
    void everyMessageThatTheCatalogueNamesIsThere() {
        for (MessageSpec message : Schema.ISTIO.messages().values()) {
            message.fields().values().stream()
                    .filter(field -> field.type().message() != null)
                    .forEach(field -> Schema.ISTIO.message(field.type().message()));
        }
        Schema.ISTIO.kinds().keySet().forEach(Schema.ISTIO::message);
    }
}
