package dev.weft.control.cli;

import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mesh-control serve}: runs a control plane until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the control plane until SIGTERM or Ctrl-C.",
        footer = "Exit code: 1 could not start, 2 wrong usage.")
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "DIR",
            description = "Directory of Istio YAML; changes are taken up while running.")
    private @Nullable Path config;

    @Option(
            names = "--mesh-config",
            paramLabel = "FILE",
            description = "Istio's MeshConfig; default: Istio's defaults.")
    private @Nullable Path meshConfig;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "15010",
            description =
                    "Plaintext port for clients without credentials; 0 takes a free one. Default ${DEFAULT-VALUE}.")
    private int port = ControlPlaneOptions.DEFAULT_PORT;

    @Option(
            names = "--allow-local-jwks",
            description =
                    "Fetches keys of token issuers (jwksUri) from this machine and link-local addresses too, and over http.")
    private boolean localJwks;

    @Option(names = "--no-plaintext", description = "No plaintext port: every client needs a credential.")
    private boolean noPlaintext;

    @Option(
            names = "--insecure-plaintext-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Where the plaintext port listens. Whoever reaches it reads the configuration, registers instances"
                            + " and is sent their requests. Default ${DEFAULT-VALUE}.")
    private String plaintextAddress = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "What must outlive a restart: who is registered, the last good version of each file, the"
                    + " certificate authority, tokens, the audit log."
                    + " Default ~/.local/state/weft/mesh-control-PORT; in memory with --port 0.")
    private @Nullable Path data;

    @Mixin
    private final SecurityFlags security = new SecurityFlags();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        Logs.leaveConfigurationToTheCommand();
        ControlPlaneOptions options;
        ControlPlane plane;
        try {
            options = options(command);
            plane = ControlPlane.start(options);
        } catch (IOException e) {
            command.commandLine().getErr().println("mesh-control serve: " + Unreadable.words(e));
            return ExitCode.FINDINGS;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(plane, out), "weft-stop"));
        ConfigNews news = new ConfigNews(line -> say(out, line));
        plane.store().onChange(news::changed);
        news.first(plane.store().snapshot());
        ReadyLine.of(plane, options).forEach(line -> say(out, line));
        new CountDownLatch(1).await();
        return ExitCode.GOOD;
    }

    private ControlPlaneOptions options(CommandSpec command) throws IOException {
        Path directory = Objects.requireNonNull(config);
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command.commandLine(), "--config " + directory + " is not a directory");
        }
        if (meshConfig != null && !Files.isReadable(meshConfig)) {
            throw new ParameterException(command.commandLine(), "--mesh-config " + meshConfig + " cannot be read");
        }
        SecurityFlags.checkPort(command, "--port", port);
        if (noPlaintext && security.off()) {
            throw new ParameterException(
                    command.commandLine(), "--no-plaintext and --no-ca leave no port to listen on");
        }
        Path kept = data;
        if (kept == null && port != 0) {
            kept = Path.of(System.getProperty("user.home"), ".local", "state", "weft", "mesh-control-" + port);
        }
        return ControlPlaneOptions.of(directory)
                .withMeshConfig(meshConfig)
                .withAddress(plaintextAddress)
                .withLocalKeys(localJwks)
                .withPort(noPlaintext ? ControlPlaneOptions.NO_PORT : port)
                .withData(kept)
                .withTls(security.options(command, port));
    }

    private static void stop(ControlPlane plane, PrintWriter out) {
        plane.close();
        say(out, "mesh-control has stopped; clients go on with what they have");
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
