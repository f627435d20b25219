package dev.weft.control.interop;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A stock gRPC client in a process of its own; a number in, a line of JSON out. */
final class ProbeProcess implements Calls {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private ProbeProcess(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    static ProbeProcess java(int port) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return start(
                port,
                List.of(java, "-cp", System.getProperty("java.class.path"), GrpcJavaProbe.class.getName(), TARGET));
    }

    static ProbeProcess node(int port) throws IOException {
        return start(port, List.of("node", Parts.prepared("grpc-js/probe.js").toString(), TARGET));
    }

    private static final String TARGET = "xds:///greeter";

    private static ProbeProcess start(int port, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("GRPC_XDS_BOOTSTRAP_CONFIG", """
                {"xds_servers": [{"server_uri": "127.0.0.1:%d", "channel_creds": [{"type": "insecure"}],
                                  "server_features": ["xds_v3"]}],
                 "node": {"id": "stock", "cluster": "foreign", "metadata": {"NAMESPACE": "default"},
                          "locality": {"region": "local", "zone": "a"}}}
                """.formatted(port));
        return new ProbeProcess(builder.start());
    }

    @Override
    public Map<String, Integer> call(int times) throws IOException {
        in.write(times + "\n");
        in.flush();
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("the client has ended");
        }
        return new Gson().fromJson(line, new TypeToken<Map<String, Integer>>() {});
    }

    @Override
    public void close() throws Exception {
        in.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
