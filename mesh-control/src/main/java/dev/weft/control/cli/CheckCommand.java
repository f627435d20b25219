package dev.weft.control.cli;

import dev.weft.control.store.ConfigCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mesh-control check}: reads what {@code serve} would read, and says what it would refuse. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads the configuration as serve would, says what would be refused, and ends.",
        footer =
                "Exit code: 0 nothing would be refused, 1 something would, 2 wrong usage or a directory that is not there.")
public final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "DIR",
            description = "Directory of YAML; its own files, not those of subdirectories.")
    private @Nullable Path directory;

    @Option(names = "--mesh-config", paramLabel = "FILE", description = "Mesh-wide settings.")
    private @Nullable Path meshFile;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or jsonl (an object per document).")
    private Judgements.Format format = Judgements.Format.table;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path config = Objects.requireNonNull(directory);
        if (!Files.isDirectory(config) || meshFile != null && !Files.exists(meshFile)) {
            line.getErr()
                    .println(
                            "mesh-control check: " + (Files.isDirectory(config) ? meshFile : config) + " is not there");
            return ExitCode.USAGE;
        }
        ConfigCheck check = ConfigCheck.directory(config, meshFile);
        List<Judgement> judgements = new ArrayList<>();
        if (check.mesh() != null) {
            judgements.add(Judgement.of(String.valueOf(meshFile), check.mesh()));
        }
        check.files().forEach((name, file) -> judgements.addAll(Judgement.of(name, file)));
        if (!check.across().isEmpty()) {
            judgements.add(
                    new Judgement(config.toString(), 0, "", "", false, "invalid", Judgement.across(check.across())));
        }
        Judgements.print(judgements, format, line.getOut());
        if (format == Judgements.Format.table) {
            line.getErr().println(Judgements.summary(judgements));
            line.getErr().flush();
        }
        return judgements.stream().allMatch(Judgement::valid) ? ExitCode.GOOD : ExitCode.FINDINGS;
    }
}
