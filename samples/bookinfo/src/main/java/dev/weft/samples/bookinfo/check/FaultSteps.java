package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Stage.ANYBODY;
import static dev.weft.samples.bookinfo.check.Stage.JASON;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Patience;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Traceparent;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Injected faults, the deadline that travels, and the trace that runs through all. */
final class FaultSteps {
    private static final long DELAY_MILLIS = 7_000;
    private static final long TIMEOUT_MILLIS = 1_000;

    /** A cold code path and a busy machine; far from the seven seconds that would show without a deadline. */
    private static final long SLACK_MILLIS = 1_000;

    private FaultSteps() {}

    static Finding delay(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toSlow(stage, Scene.DELAY, JASON, visit -> visit.millis() >= DELAY_MILLIS)
                .into(finding);
        Visit slow = stage.visitor().visit(JASON);
        Visit other = stage.visitor().visit(ANYBODY);
        return finding.count("delayedMillis", slow.millis())
                .count("othersMillis", other.millis())
                .expect(
                        slow.millis() >= DELAY_MILLIS && slow.millis() < DELAY_MILLIS + 2 * SLACK_MILLIS,
                        "jason waited " + slow.millis() + " ms, expected " + DELAY_MILLIS + " or little more")
                .expect(slow.drawn() == 9, "jason's page had " + slow.drawn() + " stars, expected 9")
                .expect(
                        other.whole() && other.millis() < TIMEOUT_MILLIS,
                        "somebody else waited " + other.millis() + " ms " + other.problem());
    }

    /** With ratings still seven seconds late: what the page's route allows for reviews also ends reviews' own call. */
    static Finding deadline(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toSlow(stage, Scene.TIMEOUT, JASON, visit -> visit.problem().contains("504 UT"))
                .into(finding);
        Traceparent sent = Traceparent.traced();
        Visit visit = stage.traced(JASON, sent);
        Optional<Long> served = awaitServed(stage, sent, "reviews");
        long limit = TIMEOUT_MILLIS + SLACK_MILLIS;
        return finding.count("pageMillis", visit.millis())
                .count("reviewsWorkedMillis", served.orElse(-1L))
                .expect(
                        visit.problem().contains("504 UT") && visit.millis() < limit,
                        "jason saw after " + visit.millis() + " ms '" + visit.problem()
                                + "', expected 504 UT in place of reviews after " + TIMEOUT_MILLIS)
                .expect(
                        served.isPresent() && served.get() < limit,
                        "reviews worked " + served.map(millis -> millis + " ms").orElse("(no span seen)")
                                + ", expected an end after " + TIMEOUT_MILLIS + ": the deadline did not reach it");
    }

    static Finding abort(Stage stage) throws IOException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.ABORT, JASON, FaultSteps::withoutRatings).into(finding);
        List<Visit> his = stage.visits(20, JASON);
        List<Visit> others = stage.visits(20, ANYBODY);
        long aborted = Counts.of(his, FaultSteps::withoutRatings);
        long whole = Counts.of(others, Visit::whole);
        return finding.count("jason", his.size())
                .count("aborted", aborted)
                .count("others", others.size())
                .count("othersWhole", whole)
                .expect(aborted == his.size(), aborted + " of " + his.size() + " of jason's pages lacked ratings")
                .expect(whole == others.size(), whole + " of " + others.size() + " of the others' pages were whole");
    }

    /** The page is there, reviews are there, and where the stars would be is a notice with the fault's status and flag. */
    private static boolean withoutRatings(Visit visit) {
        return visit.status() == 200
                && visit.reviews().equals("reviews-v2")
                && visit.stars().equals("unavailable")
                && visit.problem().contains("500 FI");
    }

    static Finding trace(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toSlow(stage, Scene.JASON_V2, JASON, Counts.reviewsBy("reviews-v2"))
                .into(finding);
        return traced(stage, JASON, finding);
    }

    /** One trace from the visitor through all four services. */
    static Finding traced(Stage stage, Optional<String> user, Finding finding) {
        Traceparent sent = Traceparent.traced();
        Visit visit = stage.traced(user, sent);
        Set<String> wanted = Set.of("productpage", "details", "reviews", "ratings");
        Trace trace = trace(stage, sent);
        Patience patience = new Patience(8_000);
        while (!trace.connected().containsAll(wanted) && patience.pause()) {
            trace = trace(stage, sent);
        }
        return finding.count("spans", trace.spans().size())
                .note("services", String.join(" ", trace.connected()))
                .note("traceId", sent.traceId())
                .expect(visit.whole(), "the page was not whole: " + visit.problem())
                .expect(
                        trace.connected().equals(wanted),
                        "the trace runs through " + trace.connected() + ", expected " + wanted);
    }

    private static Trace trace(Stage stage, Traceparent sent) {
        return new Trace(sent.spanId(), stage.collector().of(sent.traceId()));
    }

    private static Optional<Long> awaitServed(Stage stage, Traceparent sent, String service) {
        Patience patience = new Patience(DELAY_MILLIS + 3_000);
        Optional<Long> served = trace(stage, sent).servedMillis(service);
        while (served.isEmpty() && patience.pause()) {
            served = trace(stage, sent).servedMillis(service);
        }
        return served;
    }
}
