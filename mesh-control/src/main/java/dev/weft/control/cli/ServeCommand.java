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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mesh-control serve}: runs a control plane until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
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
            description = "Where to listen; 0 takes a free one. Default ${DEFAULT-VALUE}.")
    private int port = ControlPlaneOptions.DEFAULT_PORT;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen. Clients are not authenticated: bind to loopback, or guard the port."
                    + " Default ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "What must outlive a restart: who is registered, and the last good version of each file."
                    + " Default ~/.local/state/weft/mesh-control-PORT; in memory with --port 0.")
    private @Nullable Path data;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        ControlPlaneOptions options = options(command);
        Logs.leaveConfigurationToTheCommand();
        ControlPlane plane;
        try {
            plane = ControlPlane.start(options);
        } catch (IOException e) {
            command.commandLine().getErr().println("mesh-control serve: " + Unreadable.words(e));
            return ExitCode.FINDINGS;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(plane, out), "weft-stop"));
        ConfigNews news = new ConfigNews(line -> say(out, line));
        plane.store().onChange(news::changed);
        news.first(plane.store().snapshot());
        say(
                out,
                "mesh-control is ready on " + plane.target() + ", configuration in " + options.config()
                        + (options.data() == null ? ", registry in memory" : ", registry in " + options.data()));
        new CountDownLatch(1).await();
        return ExitCode.GOOD;
    }

    private ControlPlaneOptions options(CommandSpec command) {
        Path directory = Objects.requireNonNull(config);
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(command.commandLine(), "--config " + directory + " is not a directory");
        }
        if (meshConfig != null && !Files.isReadable(meshConfig)) {
            throw new ParameterException(command.commandLine(), "--mesh-config " + meshConfig + " cannot be read");
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(command.commandLine(), "--port is " + port + ", expected 0 to 65535");
        }
        Path kept = data;
        if (kept == null && port != 0) {
            kept = Path.of(System.getProperty("user.home"), ".local", "state", "weft", "mesh-control-" + port);
        }
        return ControlPlaneOptions.of(directory)
                .withMeshConfig(meshConfig)
                .withAddress(address)
                .withPort(port)
                .withData(kept);
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
