package dev.weft.grpc.call;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The user's executor, which he may have shut down: what it rejects runs on the thread that brings it. Somebody may still wait for the end
 * of a call, and what is thrown where a channel hands over streams that waited for a connection would end the channel (gRPC calls that panic).
 */
record OrHere(Executor executor) implements Executor {
    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }
}
