package dev.weft.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.Snapshots;
import dev.weft.config.VirtualHost;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The compiled table finds what Envoy's written rule finds when it is applied to a plain list. */
class RouterLawTest {

    @Property(tries = 500)
    void theTableFindsWhatALinearScanFinds(
            @ForAll("domains") List<String> domains, @ForAll("names") List<String> names) {
        MeshSnapshot snapshot = snapshot(domains);
        Router router = Router.compile(snapshot, null);
        for (String name : names) {
            RouteDecision decision =
                    router.route(new RequestHead("GET", "http", name + ":80", "/", Headers.EMPTY), World.manual());
            String found = decision instanceof RouteDecision.Forward forward
                    ? forward.choice().cluster()
                    : "nothing";
            assertThat(found).as("%s among %s", name, domains).isEqualTo(scan(domains, name));
        }
    }

    @Property(tries = 200)
    void compilingOverAnEarlierTableChangesNothing(
            @ForAll("domains") List<String> before,
            @ForAll("domains") List<String> after,
            @ForAll("names") List<String> names) {
        Router fresh = Router.compile(snapshot(after), null);
        Router over = Router.compile(snapshot(after), Router.compile(snapshot(before), null));
        for (String name : names) {
            RequestHead head = new RequestHead("GET", "http", name + ":80", "/", Headers.EMPTY);
            assertThat(over.route(head, World.manual()).steps())
                    .isEqualTo(fresh.route(head, World.manual()).steps());
        }
    }

    private static MeshSnapshot snapshot(List<String> domains) {
        Snapshots snapshots = Snapshots.empty();
        for (String domain : domains) {
            VirtualHost host = Snapshots.host(domain, List.of(domain), Snapshots.route(domain));
            snapshots.host(80, host);
        }
        return snapshots.snapshot();
    }

    private static String scan(List<String> domains, String name) {
        List<String> candidates = new ArrayList<>();
        for (String domain : domains) {
            if (domain.equals(name)) {
                return domain;
            }
            if (fits(domain, name)) {
                candidates.add(domain);
            }
        }
        return candidates.stream()
                .min(Comparator.comparingInt((String domain) -> domain.equals("*") ? 2 : domain.startsWith("*") ? 0 : 1)
                        .thenComparing(Comparator.comparingInt(String::length).reversed()))
                .orElse("nothing");
    }

    private static boolean fits(String domain, String name) {
        if (domain.equals("*")) {
            return true;
        }
        if (domain.startsWith("*")) {
            return name.length() >= domain.length() && name.endsWith(domain.substring(1));
        }
        return domain.endsWith("*")
                && name.length() >= domain.length()
                && name.startsWith(domain.substring(0, domain.length() - 1));
    }

    @Provide
    Arbitrary<List<String>> domains() {
        Arbitrary<String> name = name();
        return Arbitraries.oneOf(
                        name,
                        name.map(n -> "*." + n),
                        name.map(n -> n + ".*"),
                        name.map(n -> "*" + n),
                        Arbitraries.just("*"))
                .list()
                .ofMaxSize(12)
                .map(list -> {
                    Set<String> seen = new HashSet<>();
                    return list.stream().filter(seen::add).toList();
                });
    }

    @Provide
    Arbitrary<List<String>> names() {
        return name().list().ofMinSize(1).ofMaxSize(8);
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of("a", "b", "ab", "c")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(labels -> String.join(".", labels));
    }
}
