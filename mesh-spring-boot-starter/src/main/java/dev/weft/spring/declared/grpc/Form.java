package dev.weft.spring.declared.grpc;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ways in which a method of an interface makes a call. Of those for a kind of call the first that fits is taken. */
enum Form {
    /** The call ends with the future. */
    FUTURE("CompletableFuture<%2$s> %3$s(%1$s)", MethodType.UNARY) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.takes(messages.request())
                    && (method.gives(CompletableFuture.class, messages.response())
                            || method.gives(CompletionStage.class, messages.response()));
        }

        @Override
        Object call(Line line, List<@Nullable Object> sent) {
            return AnswerFuture.of(line, ClientCalls.futureUnaryCall(line.newCall(), sent.get(0)));
        }
    },
    LISTENABLE("ListenableFuture<%2$s> %3$s(%1$s)", MethodType.UNARY) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.takes(messages.request()) && method.gives(ListenableFuture.class, messages.response());
        }

        @Override
        Object call(Line line, List<@Nullable Object> sent) {
            return ListenableInstead.of(line, ClientCalls.futureUnaryCall(line.newCall(), sent.get(0)));
        }
    },
    /** Ends with its call: whoever closes the stream cancels what is still to come. */
    STREAM("Stream<%2$s> %3$s(%1$s)", MethodType.SERVER_STREAMING) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.takes(messages.request()) && method.gives(Stream.class, messages.response());
        }

        @Override
        Object call(Line line, List<@Nullable Object> sent) {
            return ReplyStream.of(line, sent.get(0));
        }
    },
    ITERATOR("Iterator<%2$s> %3$s(%1$s)", MethodType.SERVER_STREAMING) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.takes(messages.request()) && method.gives(Iterator.class, messages.response());
        }

        @Override
        Object call(Line line, List<@Nullable Object> sent) {
            return Replies.of(line, sent.get(0), instead -> (Iterator<?>) instead);
        }
    },
    /** As the generated stub for observers has it. */
    OBSERVER("void %3$s(%1$s, StreamObserver<%2$s>)", MethodType.UNARY, MethodType.SERVER_STREAMING) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.isObserved(messages.request(), messages.response());
        }

        @Override
        @Nullable
        Object call(Line line, List<@Nullable Object> sent) {
            StreamObserver<Object> observer = ObserverInstead.of(line, observer(sent.get(1)));
            if (line.method().getType() == MethodType.UNARY) {
                ClientCalls.asyncUnaryCall(line.newCall(), sent.get(0), observer);
            } else {
                ClientCalls.asyncServerStreamingCall(line.newCall(), sent.get(0), observer);
            }
            return null;
        }
    },
    /** No fallback: what has been sent cannot be sent again. */
    OBSERVERS(
            "StreamObserver<%1$s> %3$s(StreamObserver<%2$s>)", MethodType.CLIENT_STREAMING, MethodType.BIDI_STREAMING) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.isObserving(messages.request(), messages.response());
        }

        @Override
        Object call(Line line, List<@Nullable Object> sent) {
            StreamObserver<Object> observer = observer(sent.get(0));
            return line.method().getType() == MethodType.CLIENT_STREAMING
                    ? ClientCalls.asyncClientStreamingCall(line.newCall(), observer)
                    : ClientCalls.asyncBidiStreamingCall(line.newCall(), observer);
        }
    },
    /** Waits for the answer. */
    ANSWER("%2$s %3$s(%1$s)", MethodType.UNARY) {
        @Override
        boolean fits(Signature method, Messages messages) {
            return method.takes(messages.request()) && method.gives(messages.response());
        }

        @Override
        @Nullable
        Object call(Line line, List<@Nullable Object> sent) throws Exception {
            try {
                return ClientCalls.blockingUnaryCall(line.channel(), line.method(), line.options(), sent.get(0));
            } catch (RuntimeException failure) {
                return line.answerInstead(failure);
            }
        }
    };

    private final String text;
    private final Set<MethodType> kinds;

    /** @param text a pattern of the request's, the response's and the method's name */
    Form(String text, MethodType... kinds) {
        this.text = text;
        this.kinds = Set.of(kinds);
    }

    boolean isFor(MethodType kind) {
        return kinds.contains(kind);
    }

    abstract boolean fits(Signature method, Messages messages);

    /** @param sent the arguments that fit, without hints */
    abstract @Nullable Object call(Line line, List<@Nullable Object> sent) throws Exception;

    /** As one would write it. */
    String text(String method, Messages messages) {
        return String.format(
                Locale.ROOT,
                text,
                Messages.shown(messages.request(), "Request"),
                Messages.shown(messages.response(), "Reply"),
                method);
    }

    @SuppressWarnings("unchecked") // Signature has looked at its type
    private static StreamObserver<Object> observer(@Nullable Object given) {
        return (StreamObserver<Object>) Objects.requireNonNull(given, "observer");
    }
}
