package dev.weft.spring.declared.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Where one call goes.
 *
 * @param instead who answers if it fails; null: nobody
 */
record Line(
        Channel channel,
        MethodDescriptor<Object, Object> method,
        CallOptions options,
        @Nullable Instead instead) {

    ClientCall<Object, Object> newCall() {
        return channel.newCall(method, options);
    }

    /** Whether another answer is to be asked for. */
    boolean isAnsweredInstead(Throwable failure) {
        return whoAnswers(failure) != null;
    }

    private @Nullable Instead whoAnswers(Throwable failure) {
        return instead != null && GrpcFailures.ofTheService(failure) ? instead : null;
    }

    /**
     * What the method gives instead; throws what the fallback throws, or the failure if nobody has another answer.
     *
     * @param failure as gRPC reported it
     */
    @Nullable
    Object answerInstead(Throwable failure) throws Exception {
        Instead other = whoAnswers(failure);
        if (other != null) {
            return other.answer(failure);
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException(failure);
    }
}
