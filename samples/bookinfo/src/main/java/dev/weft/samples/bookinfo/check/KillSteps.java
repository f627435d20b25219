package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Counts.reviewsBy;
import static dev.weft.samples.bookinfo.check.Stage.ANYBODY;
import static dev.weft.samples.bookinfo.check.Stage.JASON;

import com.google.gson.JsonObject;
import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Bookinfo;
import dev.weft.samples.bookinfo.launch.Patience;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Trouble;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Processes die under load, and nobody who looks at the page learns of it. */
final class KillSteps {
    private static final String VICTIM = "reviews-v2";
    private static final String GRPC_VICTIM = "ratings-v2";
    private static final String FORGETFUL = "details-v1";
    private static final long BEFORE_MILLIS = 1_500;
    private static final long AFTER_MILLIS = 4_000;
    /** Spring Boot takes the greater part of it. */
    private static final long RESTART_MILLIS = 4_000;

    private static final int RESTART_TRIES = 3;

    private KillSteps() {}

    static Finding instance(Stage stage) throws Trouble, IOException, InterruptedException {
        return killed(stage, Scene.EVERY_VERSION, VICTIM, reviewsBy(VICTIM));
    }

    /** One of those whom reviews ask over gRPC. */
    static Finding instanceBehindGrpc(Stage stage) throws Trouble, IOException, InterruptedException {
        return killed(
                stage,
                Scene.GRPC,
                GRPC_VICTIM,
                visit -> visit.whole() && visit.ratings().equals(GRPC_VICTIM));
    }

    /** @param byVictim a visit that the victim had a part in */
    private static Finding killed(Stage stage, Scene scene, String victim, Predicate<Visit> byVictim)
            throws Trouble, IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toSome(stage, scene, ANYBODY, byVictim).into(finding);
        Load load = Load.start(stage.visitor());
        pass(BEFORE_MILLIS);
        long killed = System.nanoTime();
        stage.bookinfo().kill(victim);
        pass(AFTER_MILLIS);
        List<Visit> visits = load.end();
        long before = Counts.of(visits, byVictim.and(visit -> visit.endedNanos() < killed));
        Counts.noneFailed(finding, visits)
                .count("servedByVictimBefore", before)
                .expect(before > 0, "the killed instance had served nobody before");
        return back(stage, victim, byVictim, finding);
    }

    /** Started again, the killed instance gets its share again. */
    private static Finding back(Stage stage, String victim, Predicate<Visit> byVictim, Finding finding) throws Trouble {
        long begun = System.nanoTime();
        stage.bookinfo().launch(victim);
        stage.bookinfo().awaitReady(victim, 30_000);
        Patience patience = new Patience(15_000);
        boolean seen = false;
        while (!seen && patience.left() > 0) {
            seen = byVictim.test(stage.visitor().visit(ANYBODY));
        }
        return finding.count("backMillis", (System.nanoTime() - begun) / 1_000_000)
                .expect(seen, victim + " was started again and got no request within 15 s");
    }

    static Finding controlPlane(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.JASON_V2, JASON, reviewsBy(VICTIM)).into(finding);
        String before = version(stage);
        Load load = Load.start(stage.visitor());
        pass(BEFORE_MILLIS);
        stage.bookinfo().control().kill();
        pass(AFTER_MILLIS);
        Counts.noneFailed(finding, load.end());
        String after = version(stage);
        long v2 = Counts.of(stage.visits(20, JASON), reviewsBy("reviews-v2"));
        long v1 = Counts.of(stage.visits(20, ANYBODY), reviewsBy("reviews-v1"));
        return finding.note("configuration", after)
                .expect(before.equals(after), "the configuration was " + before + " and is " + after)
                .expect(
                        v2 == 20 && v1 == 20,
                        "jason saw v2 " + v2 + " times, others v1 " + v1 + ", expected 20 and 20");
    }

    /**
     * The page's service starts with nobody to ask, from what it had written to disk. How fast it can start is asked, so that the best of a
     * few tries counts: whatever else the machine does only adds to it. Everything else has to hold each time.
     */
    static Finding restart(Stage stage) throws Trouble, InterruptedException {
        Finding finding = new Finding();
        long best = Long.MAX_VALUE;
        int tries = 0;
        while (best > RESTART_MILLIS && tries < RESTART_TRIES) {
            best = Math.min(best, restarted(stage, finding));
            tries++;
        }
        JsonObject mesh = stage.mesh().orElse(new JsonObject());
        String source = text(mesh, "source");
        long age = mesh.has("ageMillis") ? mesh.get("ageMillis").getAsLong() : -1;
        return finding.count("servingMillis", best)
                .count("tries", tries)
                .note("source", source)
                .count("ageMillis", age)
                .expect(best <= RESTART_MILLIS, "served after " + best + " ms at best, expected " + RESTART_MILLIS)
                .expect(source.equals("DISK"), "its configuration is from " + source + ", expected DISK")
                .expect(age > 0, "its configuration's age is " + age + " ms, expected more than 0");
    }

    /** Kills and starts the page's service; the milliseconds until jason sees his whole page. */
    private static long restarted(Stage stage, Finding finding) throws Trouble, InterruptedException {
        stage.bookinfo().kill(Bookinfo.FRONT);
        long begun = System.nanoTime();
        stage.bookinfo().launch(Bookinfo.FRONT);
        Patience patience = new Patience(15_000);
        Visit first = stage.visitor().visit(JASON);
        while (!first.whole() && patience.pause()) {
            first = stage.visitor().visit(JASON);
        }
        finding.expect(first.whole(), "no whole page within 15 s: " + first.problem())
                .expect(first.reviews().equals("reviews-v2"), "jason saw " + first.reviews() + ", expected reviews-v2");
        return (first.endedNanos() - begun) / 1_000_000;
    }

    /** A service that has nothing but its configuration waits for an identity, and nobody talks to it meanwhile. */
    static Finding withoutIdentity(Stage stage) throws Trouble, IOException, InterruptedException {
        Finding finding = new Finding();
        stage.bookinfo().kill(FORGETFUL);
        int forgotten = RunDirectory.deleteIdentities(stage.bookinfo().data(FORGETFUL));
        stage.bookinfo().launch(FORGETFUL);
        pass(AFTER_MILLIS);
        boolean open = stage.bookinfo().port(FORGETFUL).isPresent();
        Visit visit = stage.visitor().visit(ANYBODY);
        return finding.count("identitiesDeleted", forgotten)
                .note("page", visit.problem())
                .expect(forgotten == 1, FORGETFUL + " had kept " + forgotten + " identities, expected 1")
                .expect(!open, FORGETFUL + " takes requests without an identity")
                .expect(
                        visit.details().isEmpty() && !visit.reviews().isEmpty(),
                        "the page had details of " + visit.details() + " and reviews of " + visit.reviews()
                                + ", expected none and some");
    }

    static Finding returned(Stage stage) throws Trouble, IOException {
        Finding finding = new Finding();
        long begun = System.nanoTime();
        stage.bookinfo().control().start();
        stage.bookinfo().control().awaitReady(30_000);
        Patience patience = new Patience(30_000);
        while (!state(stage).equals("READY") && patience.pause()) {
            // not yet
        }
        String state = state(stage);
        stage.bookinfo().awaitReady(FORGETFUL, 30_000);
        finding.count("reconnectedMillis", (System.nanoTime() - begun) / 1_000_000)
                .expect(state.equals("READY"), "the page's mesh is " + state + ", expected READY within 30 s");
        Change.toAll(stage, Scene.ALL_V1, JASON, reviewsBy("reviews-v1")).into(finding);
        return finding;
    }

    private static String version(Stage stage) {
        return stage.mesh().map(mesh -> text(mesh, "version")).orElse("unknown");
    }

    private static String state(Stage stage) {
        return stage.mesh().map(mesh -> text(mesh, "state")).orElse("unknown");
    }

    private static String text(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .map(value -> value.getAsString())
                .orElse("unknown");
    }

    private static void pass(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
