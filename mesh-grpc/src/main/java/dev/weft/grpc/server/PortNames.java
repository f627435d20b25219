package dev.weft.grpc.server;

import dev.weft.Mesh;
import java.util.HashMap;
import java.util.Map;

/** Which name of a mesh's ports is whose: the registry knows each once. Safe for use from any thread. */
final class PortNames implements AutoCloseable {
    /** What a gRPC port is called unless somebody says otherwise. */
    static final String USUAL = "grpc";

    /** Bound ports by name. Guarded by this. */
    private final Map<String, Integer> taken = new HashMap<>();

    static PortNames of(Mesh mesh) {
        return mesh.shared(PortNames.class, owner -> new PortNames());
    }

    /** The wanted name, or where another port has it one that says the port. */
    synchronized String take(String wanted, int port) {
        Integer owner = taken.putIfAbsent(wanted, port);
        return owner == null || owner == port ? wanted : wanted + "-" + port;
    }

    synchronized void free(String wanted, int port) {
        taken.remove(wanted, port);
    }

    @Override
    public void close() {}
}
