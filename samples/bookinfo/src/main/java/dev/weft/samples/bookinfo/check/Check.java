package dev.weft.samples.bookinfo.check;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Launch;
import dev.weft.samples.bookinfo.launch.Trouble;
import dev.weft.samples.bookinfo.launch.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Plays everything in order. A step that misses does not keep the later ones from being tried. */
public final class Check {
    /** Twice what it takes on two busy cores. */
    private static final long LIMIT_SECONDS = 300;

    private Check() {}

    /**
     * @param mesh the sample's YAML
     * @param run an empty directory for logs and data; deleted if nothing is missed
     * @return the exit code
     */
    public static int run(Path mesh, Path run) throws IOException, InterruptedException {
        Report report = new Report(System.out);
        try (SpanCollector collector = SpanCollector.start();
                Launch launch = Launch.forCheck(mesh, run, collector.endpoint());
                Watchdog watchdog = new Watchdog(LIMIT_SECONDS, report, run, launch)) {
            report.add("start", start(launch, report));
            if (report.good()) {
                Stage stage =
                        new Stage(launch.bookinfo(), launch.live(), new Visitor(launch.bookinfo()::page), collector);
                for (Step step : steps()) {
                    watchdog.at(step.name());
                    report.add(step.name(), tried(step, stage));
                }
            }
            watchdog.at("stop");
        } catch (Trouble trouble) {
            report.add("start", new Finding().expect(false, trouble.words()));
        }
        if (report.good()) {
            RunDirectory.delete(run);
        } else {
            report.say("logs of all processes: " + run);
        }
        report.last();
        return report.good() ? 0 : 1;
    }

    private static List<Step> steps() {
        Rotation rotation = new Rotation();
        return List.of(
                Step.of("certificates", rotation::begin),
                Step.of("all-v1", SceneSteps::allV1),
                Step.of("split", SceneSteps::split),
                Step.of("jason", SceneSteps::jason),
                Step.of("abort", FaultSteps::abort),
                Step.of("delay", FaultSteps::delay),
                Step.of("deadline", FaultSteps::deadline),
                Step.of("trace", FaultSteps::trace),
                Step.of("refusal", RefusalStep::run),
                Step.of("mtls", MutualTlsStep::run),
                Step.of("policy", PolicyStep::run),
                Step.of("grpc", GrpcSteps::grpc),
                Step.of("rotation", rotation::judge),
                Step.of("grpc-policy", GrpcSteps::policy),
                Step.of("grpc-kill", KillSteps::instanceBehindGrpc),
                Step.of("kill-instance", KillSteps::instance),
                Step.of("kill-control", KillSteps::controlPlane),
                Step.of("restart", KillSteps::restart),
                Step.of("no-identity", KillSteps::withoutIdentity),
                Step.of("return", KillSteps::returned));
    }

    private static Finding start(Launch launch, Report report) {
        Finding finding = new Finding();
        report.say("starting " + launch.bookinfo().processes() + " processes");
        long begun = System.nanoTime();
        try {
            launch.start();
            finding.count("processes", launch.bookinfo().processes())
                    .count("millis", (System.nanoTime() - begun) / 1_000_000);
        } catch (Trouble trouble) {
            finding.expect(false, trouble.words());
        }
        return finding;
    }

    private static Finding tried(Step step, Stage stage) throws InterruptedException {
        try {
            return step.run(stage);
        } catch (Trouble | IOException | RuntimeException e) {
            return new Finding().expect(false, e instanceof Trouble trouble ? trouble.words() : e.toString());
        }
    }
}
