package dev.weft.control.cli;

import dev.weft.control.store.ConfigCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshctl validate}: judges each resource on its own, as Istio does, and says what of it is honoured. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Judges resources of Istio one by one: honoured, unsupported (valid, but an in-process mesh does not do all"
                        + " of it) or invalid.",
        footer = "Exit code: 0 all valid, 1 some not, 2 wrong usage or a file that is not there.")
public final class ValidateCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or jsonl (an object per document).")
    private Judgements.Format format = Judgements.Format.table;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files of YAML or JSON, directories with them, or - for standard input.")
    private List<String> names = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        List<String> missing = names.stream()
                .filter(name -> !name.equals(STDIN) && !Files.exists(Path.of(name)))
                .toList();
        if (!missing.isEmpty()) {
            missing.forEach(name -> line.getErr().println("meshctl validate: " + name + " is not there"));
            return ExitCode.USAGE;
        }
        List<Judgement> judgements = new ArrayList<>();
        for (String name : names) {
            if (name.equals(STDIN)) {
                judgements.addAll(Judgement.of(name, ConfigCheck.stream(System.in, name)));
            } else {
                for (Path file : files(Path.of(name))) {
                    judgements.addAll(Judgement.of(file.toString(), ConfigCheck.file(file, file.toString())));
                }
            }
        }
        Judgements.print(judgements, format, line.getOut());
        if (format == Judgements.Format.table) {
            line.getErr().println(Judgements.summary(judgements));
            line.getErr().flush();
        }
        return judgements.stream().allMatch(Judgement::valid) ? ExitCode.GOOD : ExitCode.FINDINGS;
    }

    /** A file itself; of a directory what looks like configuration, at any depth. */
    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            ConfigCheck.isConfiguration(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
