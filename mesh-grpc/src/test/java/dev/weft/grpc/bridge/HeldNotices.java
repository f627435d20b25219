package dev.weft.grpc.bridge;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was said. */
final class HeldNotices implements Notices {
    final List<String> refused = new CopyOnWriteArrayList<>();
    final List<String> serving = new CopyOnWriteArrayList<>();

    @Override
    public void refused(String reason) {
        refused.add(reason);
    }

    @Override
    public void serving(String address, boolean mutualTls) {
        serving.add(address + (mutualTls ? " mutual TLS" : " plaintext"));
    }
}
