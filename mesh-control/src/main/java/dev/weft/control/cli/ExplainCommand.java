package dev.weft.control.cli;

import com.google.gson.GsonBuilder;
import dev.weft.config.ConfigProblem;
import dev.weft.config.Printable;
import dev.weft.control.explain.Asker;
import dev.weft.control.explain.Explained;
import dev.weft.control.explain.OfflineMesh;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.OfflineConfig;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code meshctl explain}: decides offline, with the library's router, where a request would go and why. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Why a request goes where it goes: decided offline by the router that the services use.",
        footer = "Exit code: 0 decided, 1 the configuration has parts that would be refused, 2 wrong usage.")
public final class ExplainCommand implements Callable<Integer> {
    /** How results are printed. */
    enum Format {
        text,
        json
    }

    @Option(
            names = "--config",
            required = true,
            paramLabel = "PATH",
            description = "Istio resources: a file, or a directory of *.yaml, *.yml and *.json.")
    private Path config = Path.of("");

    @Option(names = "--mesh-config", paramLabel = "FILE", description = "MeshConfig; default: Istio's defaults.")
    private @Nullable Path meshConfig;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            defaultValue = "default",
            description = "Where the caller lives; default: ${DEFAULT-VALUE}.")
    private String namespace = "default";

    @Option(names = "--service-account", paramLabel = "SA", defaultValue = "", description = "Who the caller is.")
    private String serviceAccount = "";

    @Option(
            names = {"-l", "--label"},
            paramLabel = "K=V",
            description = "A label of the calling workload; repeatable.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The service port that is dialled; default: the URL's, whatever Host says.")
    private @Nullable Integer port;

    @Option(
            names = {"-X", "--method"},
            paramLabel = "METHOD",
            defaultValue = "GET",
            description = "Default: ${DEFAULT-VALUE}.")
    private String method = "GET";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'K: V'",
            description = "A request header; repeatable. Host replaces the URL's.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json.")
    private Format format = Format.text;

    @Parameters(paramLabel = "URL", description = "What is called, as in http://reviews:9080/reviews/1.")
    private String url = "";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        try {
            if (namespace.isBlank()) {
                throw new IllegalArgumentException("--namespace is empty, expected a name such as default");
            }
            RequestHead head = Target.of(method, url, headers, port);
            OfflineConfig files = OfflineConfig.read(config);
            ConfigSnapshot snapshot = files.with(meshConfig);
            List<ConfigProblem> refused = files.refused();
            refused.forEach(problem -> line.getErr().println(problem));
            if (!refused.isEmpty()) {
                line.getErr().println("meshctl explain: the control plane would refuse this configuration");
                return ExitCode.FINDINGS;
            }
            Explained told = new OfflineMesh(snapshot).explain(new Asker(namespace, serviceAccount, labels), head);
            print(line.getOut(), told);
            return told.problems().isEmpty() ? ExitCode.GOOD : ExitCode.FINDINGS;
        } catch (IllegalArgumentException e) {
            line.getErr().println("meshctl explain: " + Printable.of(String.valueOf(e.getMessage())));
            return ExitCode.USAGE;
        } catch (IOException e) {
            line.getErr().println("meshctl explain: " + e.getMessage() + " is not there or cannot be read");
            return ExitCode.USAGE;
        }
    }

    private void print(PrintWriter out, Explained told) {
        if (format == Format.json) {
            out.println(new GsonBuilder()
                    .serializeNulls()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(told));
        } else {
            out.print(ExplainText.render(told));
        }
        out.flush();
    }
}
