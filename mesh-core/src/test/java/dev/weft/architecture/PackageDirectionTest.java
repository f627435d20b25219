package dev.weft.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package table: each row says what a package may import of mesh-core; everything may use {@code runtime}. */
final class PackageDirectionTest {

    private static final JavaClasses PRODUCT = Product.classes();

    private static final List<String> RESILIENCE = List.of(
            "resilience.retry", "resilience.breaker", "resilience.outlier", "resilience.ratelimit", "resilience.fault");

    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            row("runtime"),
            row("config"),
            row("request", "identity"),
            row("jose"),
            row("settings", "config", "credential", "identity"),
            row("dns", "config"),
            row("match", "request", "config"),
            row("route", "match", "request", "config"),
            row("upstream", "config"),
            row("loadbalance", "upstream", "request", "config"),
            row("resilience.retry", "upstream", "request", "config"),
            row("resilience.breaker", "upstream", "request", "config"),
            row("resilience.outlier", "upstream", "request", "config"),
            row("resilience.ratelimit", "upstream", "request", "config"),
            row("resilience.fault", "upstream", "request", "config"),
            row("identity", "config"),
            row("tls", "config", "identity"),
            row("credential", "identity"),
            row("controlplane", "identity"),
            row("ca", "credential", "controlplane", "identity"),
            row("authz", "match", "request", "config", "identity", "jose"),
            row("telemetry", "request", "config", "upstream", "identity"),
            row("xds", "config", "identity", "controlplane", "telemetry", "route", "match"),
            Map.entry(
                    "engine",
                    Stream.concat(
                                    Stream.of(
                                            "config",
                                            "request",
                                            "match",
                                            "route",
                                            "upstream",
                                            "loadbalance",
                                            "identity",
                                            "authz",
                                            "telemetry"),
                                    RESILIENCE.stream())
                            .toList()));

    @TestFactory
    Stream<DynamicTest> everyPackageImportsOnlyWhatItsRowAllows() {
        return MAY_IMPORT.keySet().stream().sorted().map(from -> DynamicTest.dynamicTest(from, () -> check(from)));
    }

    /** Otherwise a new package would escape the table. */
    @Test
    void everyPackageHasARow() {
        var unlisted = new TreeSet<String>();
        for (var type : PRODUCT) {
            String name = type.getPackageName();
            if (!name.equals("dev.weft") && MAY_IMPORT.keySet().stream().noneMatch(row -> within(name, row))) {
                unlisted.add(name);
            }
        }
        assertThat(unlisted)
                .as("packages of mesh-core that the table does not name")
                .isEmpty();
    }

    /** The protos are a library like others, but only those who speak to a control plane, or to an authorizer, may know them. */
    @Test
    void onlyWhoSpeaksToAControlPlaneKnowsTheProtosAndGrpc() {
        classes()
                .that(resideOutsideOfPackages(
                        "dev.weft.xds..", "dev.weft.ca..", "dev.weft.controlplane..", "dev.weft.authz.external.."))
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackages("dev.weft.proto..", "com.google.protobuf..", "io.grpc..")
                                .as("reside outside of the wire formats"))
                .check(PRODUCT);
    }

    private static void check(String from) {
        String[] allowed = Stream.concat(MAY_IMPORT.get(from).stream(), Stream.of("runtime", from))
                .map(name -> "dev.weft." + name + "..")
                .toArray(String[]::new);
        classes()
                .that(resideInAPackage("dev.weft." + from + ".."))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages("dev.weft..")
                        .or(resideInAnyPackage(allowed))
                        .or(resideInAPackage("dev.weft.proto.."))
                        .as("are foreign, or of " + Arrays.toString(allowed)))
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    private static boolean within(String name, String row) {
        return name.equals("dev.weft." + row) || name.startsWith("dev.weft." + row + ".");
    }

    private static Map.Entry<String, List<String>> row(String from, String... to) {
        return Map.entry(from, List.of(to));
    }
}
