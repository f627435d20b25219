package dev.weft.benchmarks.grpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The started {@link OtherSide}. */
final class Far implements AutoCloseable {
    final int port;
    final String controlPlane;
    final int endpoints;
    private final Process process;

    private Far(Process process, int endpoints, String ports) {
        this.process = process;
        this.endpoints = endpoints;
        port = Integer.parseInt(ports.substring(0, ports.indexOf(' ')));
        controlPlane = "127.0.0.1:" + ports.substring(ports.indexOf(' ') + 1);
    }

    static Far start(int endpoints) throws IOException {
        Process process = java(OtherSide.class, String.valueOf(endpoints)).start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new Far(process, endpoints, Objects.requireNonNull(out.readLine(), "the other side did not start"));
    }

    /** A JVM with this one's class path. */
    static ProcessBuilder java(Class<?> main, String... args) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                main.getName());
        builder.command().addAll(java.util.List.of(args));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
