package dev.weft.grpc.target;

import io.grpc.NameResolver;
import io.grpc.Status;

/** Lets the word of another resolver through until the name is the mesh's: what it finds out later must not take the name back. */
final class PassedOn extends NameResolver.Listener2 {
    private final NameResolver.Listener2 listener;

    // Written within the synchronization context; read there, and by resolvers that speak from elsewhere.
    private volatile boolean stopped;

    PassedOn(NameResolver.Listener2 listener) {
        this.listener = listener;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void onResult(NameResolver.ResolutionResult result) {
        if (!stopped) {
            listener.onResult(result);
        }
    }

    @Override
    public Status onResult2(NameResolver.ResolutionResult result) {
        return stopped ? Status.OK : listener.onResult2(result);
    }

    @Override
    public void onError(Status error) {
        if (!stopped) {
            listener.onError(error);
        }
    }
}
