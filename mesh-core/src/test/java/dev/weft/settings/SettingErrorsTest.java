package dev.weft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about settings that cannot be used. */
final class SettingErrorsTest {
    @TempDir
    Path directory;

    private Places places;

    @BeforeEach
    void aMachine() {
        places = new Places(directory);
    }

    @Test
    void everythingIsSaidAtOnceAndWhatToDo() {
        places.written.put("control-plane", "mesh.internal:15012");

        assertThat(places.message()).isEqualTo("""
                        Mesh cannot start, 2 problems:
                          service         not set             set .service("reviews"), MESH_SERVICE or mesh.service
                          trust           no credential for mesh.internal:15012 (not loopback)
                                                              `meshctl token create --identity default/<service account>`, \
                        then MESH_JOIN_TOKEN_FILE=...; Trust.none() or MESH_TRUST_MODE=none speaks plaintext""");
    }

    @Test
    void unknownNamesAreRefusedWithTheNearestOne() {
        places.written.put("service", "reviews");
        places.properties.put("mesh.contol-plane", "x");
        places.file("mesh.yaml", "mesh:\n  drain:\n    timeuot: 5s\n");

        assertThat(places.outcome().problems())
                .containsExactly(
                        new SettingProblem(
                                "mesh.contol-plane",
                                "unknown setting, from -Dmesh.contol-plane",
                                "did you mean mesh.control-plane?"),
                        new SettingProblem(
                                "mesh.drain.timeuot",
                                "unknown setting, from mesh.yaml:3",
                                "did you mean mesh.drain.timeout?"));
    }

    @Test
    void aVariableThatIsNearlyOursIsRefusedAndOthersAreNot() {
        places.written.put("service", "reviews");
        places.variables.putAll(Map.of(
                "MESH_SERVCE", "x",
                "MESH_OF_SOMEBODY_ELSE", "x",
                "MESH_PORT", "tcp://10.0.0.1:80",
                "MESH_SERVICE_HOST", "10.0.0.1",
                "MESH_CONTROL_PORT_15010_TCP", "tcp://10.0.0.1:15010"));

        assertThat(places.outcome().problems())
                .containsExactly(new SettingProblem("MESH_SERVCE", "unknown variable", "did you mean MESH_SERVICE?"));
    }

    @Test
    void camelCaseMeansTheSame() {
        places.written.put("service", "reviews");
        places.properties.put("mesh.controlPlane", "localhost:7");

        assertThat(places.settings().controlPlane()).containsExactly("localhost:7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    service           | Reviews        | a DNS label was expected
                    control-plane     | mesh.internal  | host:port was expected
                    control-plane     | localhost:0    | host:port was expected
                    control-plane     | ::1:15010      | host:port was expected
                    ports.http        | 70000          | a number from 1 to 65535 was expected
                    ports.http        | x              | a number from 1 to 65535 was expected
                    locality          | a/b/c/d        | region/zone/subzone was expected
                    address           | reviews.local  | an IP address was expected
                    trust.mode        | mtls           | auto or none was expected
                    when-offline      | 0s             | a duration above zero was expected
                    when-offline      | maybe          | a duration above zero was expected
                    when-unconfigured | hold           | hold <duration>, refuse or pass-through
                    when-unconfigured | pass-through   | this is plaintext and must be said
                    drain.timeout     | 20             | a duration was expected
                    drain.timeout     | PT-1S          | a duration was expected
                    access-log.enabled| yes            | true or false was expected
                    """)
    void aValueIsNamedWithItsPlaceAndWhatWasExpected(String key, String value, String expectation) {
        places.written.put("service", "reviews");
        places.written.remove(key);
        places.properties.put("mesh." + key, value);

        assertThat(places.outcome().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.found()).isEqualTo("`" + value + "`, from -Dmesh." + key);
            assertThat(problem.remedy()).contains(expectation);
        });
    }

    @Test
    void whatIsNotYamlIsSaidWithItsLine() {
        places.written.put("service", "reviews");
        places.file("mesh.yaml", "mesh:\n  service: [a\n");

        assertThat(places.message()).contains("mesh.yaml:3").contains("not YAML");
    }

    @Test
    void otherRootsAndNestedValuesAreRefused() {
        places.file("mesh.yaml", "mesh:\n  service: {name: reviews}\nspring: {}\n");

        assertThat(places.message())
                .contains("mesh.service: one value was expected")
                .contains("mesh.yaml:3")
                .contains("`spring`: only the key `mesh` was expected");
    }

    @Test
    void aNamedFileMustBeThere() {
        places.written.put("service", "reviews");
        places.variables.put("MESH_CONFIG", "nowhere.yaml");

        assertThat(places.message()).contains("MESH_CONFIG").contains("nowhere.yaml");
    }

    @Test
    void theMachineItselfNeedsNoCredential() {
        places.written.put("service", "reviews");
        places.written.put("control-plane", "LocalHost:1, 127.0.0.2:1, [::1]:1");

        assertThat(places.settings().controlPlane()).containsExactly("LocalHost:1", "127.0.0.2:1", "[::1]:1");
    }

    @Test
    void plaintextToAnywhereMustBeSaid() {
        places.written.put("service", "reviews");
        places.written.put("control-plane", "10.0.0.1:15010");
        places.written.put("trust.mode", "none");
        places.written.put("when-unconfigured", "pass-through");

        assertThat(places.settings().unconfiguredHold()).isNull();
        assertThat(places.settings().trusting()).isTrue();
    }
}
