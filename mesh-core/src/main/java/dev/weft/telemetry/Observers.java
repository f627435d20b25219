package dev.weft.telemetry;

import dev.weft.config.Cluster;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.upstream.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one. An observer that throws loses that event, is logged once, and never fails a request. */
public final class Observers {
    private static final Logger log = LoggerFactory.getLogger(Observers.class);

    private Observers() {}

    /** One observer that tells all of these, in order. */
    public static MeshObserver of(List<? extends MeshObserver> observers) {
        List<Guarded> guarded = new ArrayList<>();
        observers.forEach(observer -> guarded.add(new Guarded(observer)));
        return guarded.isEmpty() ? new MeshObserver() {} : new All(List.copyOf(guarded));
    }

    /** Runs calls to one observer. */
    private static final class Guarded {
        private final MeshObserver observer;
        private final AtomicBoolean said = new AtomicBoolean();

        Guarded(MeshObserver observer) {
            this.observer = observer;
        }

        <T> T ask(Function<MeshObserver, T> question, T otherwise) {
            try {
                return question.apply(observer);
            } catch (RuntimeException e) {
                report(e);
                return otherwise;
            }
        }

        void tell(Runnable event) {
            try {
                event.run();
            } catch (RuntimeException e) {
                report(e);
            }
        }

        private void report(RuntimeException e) {
            if (said.compareAndSet(false, true)) {
                log.warn("observer {} failed; what it misses from now on is not logged", observer, e);
            }
        }
    }

    private record Told<T>(Guarded by, T part) {}

    private static <T> List<Told<T>> ask(List<Guarded> observers, Function<MeshObserver, T> question, T none) {
        List<Told<T>> parts = null;
        for (Guarded observer : observers) {
            T part = observer.ask(question, none);
            if (part != none) {
                // Made late: most calls have no listener of their own, only their destination has.
                parts = parts == null ? new ArrayList<>(observers.size()) : parts;
                parts.add(new Told<>(observer, part));
            }
        }
        return parts == null ? List.of() : parts;
    }

    private record All(List<Guarded> observers) implements MeshObserver {
        @Override
        public DestinationObserver destination(Cluster cluster) {
            List<Told<DestinationObserver>> parts =
                    ask(observers, observer -> observer.destination(cluster), DestinationObserver.NONE);
            return parts.isEmpty() ? DestinationObserver.NONE : new Destinations(parts);
        }

        @Override
        public CallObserver call(RequestHead head) {
            List<Told<CallObserver>> parts = ask(observers, observer -> observer.call(head), CallObserver.NONE);
            return parts.isEmpty() ? CallObserver.NONE : new Calls(parts);
        }

        @Override
        public InboundObserver inbound(RequestHead head) {
            List<Told<InboundObserver>> parts =
                    ask(observers, observer -> observer.inbound(head), InboundObserver.NONE);
            return parts.isEmpty() ? InboundObserver.NONE : new Inbounds(parts);
        }
    }

    private record Destinations(List<Told<MeshObserver.DestinationObserver>> parts)
            implements MeshObserver.DestinationObserver {
        @Override
        public void finished(MeshObserver.CallSummary summary) {
            for (Told<MeshObserver.DestinationObserver> told : parts) {
                told.by().tell(() -> told.part().finished(summary));
            }
        }
    }

    private record Calls(List<Told<MeshObserver.CallObserver>> parts) implements MeshObserver.CallObserver {
        @Override
        public MeshObserver.AttemptObserver attempt(String kind, int number, Host host, Headers.Builder headers) {
            List<Told<MeshObserver.AttemptObserver>> attempts = new ArrayList<>(parts.size());
            for (Told<MeshObserver.CallObserver> told : parts) {
                MeshObserver.AttemptObserver attempt = told.by()
                        .ask(
                                observer -> told.part().attempt(kind, number, host, headers),
                                MeshObserver.AttemptObserver.NONE);
                if (attempt != MeshObserver.AttemptObserver.NONE) {
                    attempts.add(new Told<>(told.by(), attempt));
                }
            }
            return attempts.isEmpty() ? MeshObserver.AttemptObserver.NONE : new Attempts(attempts);
        }

        @Override
        public void finished(MeshObserver.CallSummary summary) {
            for (Told<MeshObserver.CallObserver> told : parts) {
                told.by().tell(() -> told.part().finished(summary));
            }
        }
    }

    private record Attempts(List<Told<MeshObserver.AttemptObserver>> parts) implements MeshObserver.AttemptObserver {
        @Override
        public void finished(int status, @Nullable String failure) {
            for (Told<MeshObserver.AttemptObserver> told : parts) {
                told.by().tell(() -> told.part().finished(status, failure));
            }
        }
    }

    private record Inbounds(List<Told<MeshObserver.InboundObserver>> parts) implements MeshObserver.InboundObserver {
        @Override
        public MeshObserver.Scope enter() {
            List<Told<MeshObserver.Scope>> scopes = new ArrayList<>(parts.size());
            for (Told<MeshObserver.InboundObserver> told : parts) {
                MeshObserver.Scope scope = told.by().ask(observer -> told.part().enter(), () -> {});
                scopes.add(0, new Told<>(told.by(), scope));
            }
            return () -> {
                for (Told<MeshObserver.Scope> scope : scopes) {
                    scope.by().tell(scope.part()::close);
                }
            };
        }

        @Override
        public void finished(MeshObserver.InboundSummary summary) {
            for (Told<MeshObserver.InboundObserver> told : parts) {
                told.by().tell(() -> told.part().finished(summary));
            }
        }
    }
}
