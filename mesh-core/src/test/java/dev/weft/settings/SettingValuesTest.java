package dev.weft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Locality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the words. */
final class SettingValuesTest {
    @TempDir
    Path directory;

    private Places places;

    @BeforeEach
    void aMachine() {
        places = new Places(directory);
        places.file("mesh.yaml", """
                mesh:
                  service: reviews
                  controlPlane: [localhost:1, "127.0.0.1:2"]
                  version:
                  ports: {http: 9080, grpc-api: 9090}
                  locality: eu/north
                  when-offline: 12h
                  when-unconfigured: hold 1m30s
                  drain: {timeout: PT2S, propagation: 300ms}
                  access-log: {enabled: true}
                """);
    }

    @Test
    void theFileIsReadAsWritten() {
        assertThat(places.settings())
                .returns(java.util.List.of("localhost:1", "127.0.0.1:2"), Settings::controlPlane)
                .returns("", Settings::version)
                .returns(Map.of("http", 9080, "grpc-api", 9090), Settings::ports)
                .returns(new Locality("eu", "north", ""), Settings::locality)
                .returns(Duration.ofHours(12), Settings::offlineAge)
                .returns(Duration.ofSeconds(90), Settings::unconfiguredHold)
                .returns(Duration.ofSeconds(2), Settings::drainTimeout)
                .returns(Duration.ofMillis(300), Settings::drainPropagation)
                .returns(true, Settings::accessLog);
    }

    @Test
    void theServiceIsItsAppAndItsAccountUnlessSaid() {
        assertThat(places.settings().labels()).containsExactly(Map.entry("app", "reviews"));
        assertThat(places.settings().serviceAccount()).isEqualTo("reviews");

        places.written.put("labels.app", "books");
        places.written.put("service-account", "bookinfo");
        assertThat(places.settings().labels()).containsEntry("app", "books");
        assertThat(places.settings().serviceAccount()).isEqualTo("bookinfo");
    }

    @Test
    void theLabelAloneNamesServiceAndVersion() {
        places.file("mesh.yaml", "mesh: {labels: {app: books, version: v3}}");

        assertThat(places.settings().service()).isEqualTo("books");
        assertThat(places.settings().version()).isEqualTo("v3");
    }

    @Test
    void anyAgeAndNoneAtAllAreWordsOfTheirOwn() {
        places.written.put("when-offline", "serve");
        assertThat(places.settings().offlineAge()).isNull();

        places.written.put("when-offline", "refuse");
        places.written.put("when-unconfigured", "refuse");
        assertThat(places.settings().offlineAge()).isEqualTo(Duration.ZERO);
        assertThat(places.settings().unconfiguredHold()).isEqualTo(Duration.ZERO);
    }
}
