package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.weft.config.MeshSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Applying changes one after the other comes to the same as building from what there is in the end. */
final class AssemblerLawTest {
    private static final List<String> HOSTS = List.of("a:80", "b:80", "c:90");
    private static final List<String> CLUSTERS = List.of("a1", "a2", "b1", "c1");

    /**
     * @param value null: the resource is taken away
     */
    record Change(ResourceType type, String name, Message value, boolean snapshotAfter) {}

    @Property(tries = 500)
    void aSequenceOfChangesIsTheFinalSet(@ForAll("changes") List<Change> changes) {
        SnapshotAssembler step = new SnapshotAssembler();
        Map<String, Change> last = new LinkedHashMap<>();
        for (Change change : changes) {
            apply(step, change);
            if (change.snapshotAfter()) {
                step.assemble("x", MeshSnapshot.Source.STREAM, 0);
            }
            boolean refused = change.value() != null && isBad(change);
            if (!refused) {
                last.put(change.type() + change.name(), change);
            }
        }
        SnapshotAssembler whole = new SnapshotAssembler();
        last.values().forEach(change -> apply(whole, change));

        assertThat(step.assemble("1", MeshSnapshot.Source.STREAM, 0))
                .isEqualTo(whole.assemble("1", MeshSnapshot.Source.STREAM, 0));
    }

    @Property(tries = 200)
    void whatComesAgainUnchangedIsTheSameInstance(@ForAll("changes") List<Change> changes) {
        SnapshotAssembler assembler = new SnapshotAssembler();
        Map<String, Change> last = new LinkedHashMap<>();
        for (Change change : changes) {
            apply(assembler, change);
            if (change.value() == null || !isBad(change)) {
                last.put(change.type() + change.name(), change);
            }
        }
        MeshSnapshot before = assembler.assemble("1", MeshSnapshot.Source.STREAM, 0);

        last.values().forEach(change -> apply(assembler, change));
        MeshSnapshot after = assembler.assemble("2", MeshSnapshot.Source.STREAM, 0);

        assertThat(SameParts.same(before, after)).isTrue();
    }

    @Property(tries = 300)
    void theOrderInWhichASetComesDoesNotMatter(@ForAll("changes") List<Change> changes) {
        Map<String, Change> set = new LinkedHashMap<>();
        changes.forEach(change -> {
            if (change.value() != null) {
                set.putIfAbsent(change.type() + change.name(), change);
            }
        });
        SnapshotAssembler forwards = new SnapshotAssembler();
        SnapshotAssembler backwards = new SnapshotAssembler();
        List<Change> list = List.copyOf(set.values());
        for (int i = 0; i < list.size(); i++) {
            apply(forwards, list.get(i));
            apply(backwards, list.get(list.size() - 1 - i));
        }

        assertThat(forwards.assemble("1", MeshSnapshot.Source.STREAM, 0))
                .isEqualTo(backwards.assemble("1", MeshSnapshot.Source.STREAM, 0));
    }

    private static void apply(SnapshotAssembler assembler, Change change) {
        if (change.value() == null) {
            assembler.remove(change.type().url(), change.name());
        } else {
            assembler.put(change.type().url(), change.name(), change.value().toByteArray());
        }
    }

    private static boolean isBad(Change change) {
        return !new SnapshotAssembler()
                .put(change.type(), change.name(), change.value().toByteArray())
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> host = Arbitraries.of(HOSTS);
        Arbitrary<String> cluster = Arbitraries.of(CLUSTERS);
        Arbitrary<Message> resource = Arbitraries.oneOf(
                host.map(Resources::index),
                host.map(Resources::listener),
                Combinators.combine(host, cluster).as(Resources::routes),
                Combinators.combine(Arbitraries.of(80, 90), host, cluster)
                        .as((port, name, target) -> Resources.portRoutes(port, "x" + name.charAt(0), target)),
                Arbitraries.of(80, 90).map(Resources::portListener),
                cluster.map(Resources::cluster),
                cluster.map(Resources::badCluster),
                Combinators.combine(cluster, Arbitraries.of("127.0.0.1", "127.0.0.2"))
                        .as((name, address) -> Resources.endpoints(name, address, 1)));
        return Combinators.combine(resource, Arbitraries.of(true, true, true, false), Arbitraries.of(true, false))
                .as((message, put, snapshot) ->
                        new Change(Resources.type(message), Resources.name(message), put ? message : null, snapshot))
                .list()
                .ofMaxSize(40);
    }
}
