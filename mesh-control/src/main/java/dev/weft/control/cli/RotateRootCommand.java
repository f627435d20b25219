package dev.weft.control.cli;

import com.google.protobuf.Struct;
import dev.weft.control.operator.OperatorMethods;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshctl ca rotate-root}: the next stage of a change of roots. */
@Command(
        name = "rotate-root",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Changes the root in three stages, each when everybody has renewed since the one before:",
            "publish   a new root is trusted beside the old one",
            "sign      the new root signs",
            "withdraw  the old root is not trusted any more"
        },
        footer =
                "Exit code: 0 done, 1 not the time for it, 2 wrong usage, 3 control plane not reachable, 4 refused by it.")
final class RotateRootCommand implements Callable<Integer> {
    /** What is done now. */
    enum Stage {
        publish,
        sign,
        withdraw
    }

    @Parameters(paramLabel = "STAGE", description = "publish, sign or withdraw.")
    private Stage stage = Stage.publish;

    @Option(
            names = "--early",
            description =
                    "Does not wait, because the old root is compromised: workloads that have not renewed lose their"
                            + " peers, and connections by the withdrawn root are cut.")
    private boolean early;

    @Option(
            names = "--ca-dir",
            paramLabel = "DIR",
            description =
                    "With publish: the new authority, as Istio's cacerts, on the control plane's machine. Default: one is"
                            + " made.")
    private @Nullable Path directory;

    @Mixin
    private final Reach reach = new Reach();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (directory != null && stage != Stage.publish) {
            throw new ParameterException(line, "--ca-dir goes with publish only");
        }
        if (early && stage == Stage.publish) {
            throw new ParameterException(line, "--early goes with sign and withdraw: publish never waits");
        }
        Struct question = Struct.newBuilder()
                .putFields("stage", OperatorCall.text(stage.name().toLowerCase(Locale.ROOT)))
                .putFields("early", OperatorCall.flag(early))
                .putFields(
                        "directory",
                        OperatorCall.text(
                                directory == null
                                        ? ""
                                        : directory.toAbsolutePath().toString()))
                .build();
        Asking asking = new Asking(line, reach);
        Struct status = asking.ask(true, channel -> OperatorCall.ask(channel, OperatorMethods.ROTATE_ROOT, question));
        if (status == null) {
            return asking.exitCode();
        }
        line.getOut().print(CaStatusTable.render(status));
        line.getOut().flush();
        return ExitCode.GOOD;
    }
}
