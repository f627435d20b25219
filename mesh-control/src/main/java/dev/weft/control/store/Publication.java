package dev.weft.control.store;

import dev.weft.config.ConfigProblem;
import dev.weft.control.istio.IstioConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes snapshots of the versions in force, tells of them, and says in the log what there is to say, once. */
final class Publication {
    private static final Logger log = LoggerFactory.getLogger(Publication.class);

    private final FileVersions files;
    private final MeshFile mesh;
    private final UnsupportedPolicy policy;
    private final List<Consumer<ConfigSnapshot>> listeners = new CopyOnWriteArrayList<>();
    /** What the log has had and is still true; the store's thread's. */
    private final Set<ConfigProblem> said = new HashSet<>();

    /** Written by the store's thread (and by the one that opens the store, before that), read by anybody. */
    private volatile ConfigSnapshot snapshot = ConfigSnapshot.EMPTY;

    Publication(FileVersions files, MeshFile mesh, UnsupportedPolicy policy) {
        this.files = files;
        this.mesh = mesh;
        this.policy = policy;
    }

    ConfigSnapshot snapshot() {
        return snapshot;
    }

    Runnable onChange(Consumer<ConfigSnapshot> listener) {
        // Wrapped, so that the same listener given twice is two, and each ends alone.
        Consumer<ConfigSnapshot> own = next -> listener.accept(next);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /**
     * Tells what is in force now.
     *
     * @param unlisted why the directory cannot be listed, or null: it can
     */
    void publish(@Nullable ConfigProblem unlisted) {
        Assembly.Result result = Assembly.of(files.all(), policy);
        List<ConfigProblem> problems = new ArrayList<>(mesh.problems());
        problems.addAll(result.problems());
        if (unlisted != null) {
            problems.add(unlisted);
        }
        String revision = revision();
        // Readers compare configurations by identity and do nothing where it stayed.
        IstioConfig config = revision.equals(snapshot.revision()) ? snapshot.config() : result.config();
        ConfigSnapshot next = new ConfigSnapshot(revision, config, mesh.config(), problems);
        remark(problems);
        log.info(
                "configuration {}: {} files, {} problems", revision, files.all().size(), problems.size());
        snapshot = next;
        for (Consumer<ConfigSnapshot> listener : listeners) {
            try {
                listener.accept(next);
            } catch (RuntimeException | Error e) {
                log.error("a listener failed on configuration {}", revision, e);
            }
        }
    }

    private String revision() {
        List<String> texts = new ArrayList<>(List.of(mesh.good()));
        files.all().forEach((name, version) -> {
            texts.add(name);
            texts.add(version.good() == null ? "" : version.good());
            version.locks()
                    .forEach(lock -> texts.add(lock.meta().title() + lock.spec().selector()));
        });
        return Revisions.hash(texts);
    }

    /** Refusals were said when they were read. */
    private void remark(List<ConfigProblem> problems) {
        said.retainAll(Set.copyOf(problems));
        Set<ConfigProblem> refusals = new HashSet<>();
        files.all().values().forEach(version -> refusals.addAll(version.refusal()));
        mesh.problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .forEach(refusals::add);
        for (ConfigProblem problem : problems) {
            if (said.add(problem) && !refusals.contains(problem)) {
                log.warn("{}", Words.line(problem));
            }
        }
    }
}
