package dev.weft.control.endpoint;

import io.grpc.internal.ObjectPool;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One executor in the form in which gRPC asks for those that it borrows. */
record OnePool(Executor executor) implements ObjectPool<Executor> {
    @Override
    public Executor getObject() {
        return executor;
    }

    @Override
    public @Nullable Executor returnObject(Object object) {
        return null;
    }
}
