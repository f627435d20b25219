package dev.weft.grpc.link;

import dev.weft.engine.Attempt;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ChannelLogger;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.PickDetailsConsumer;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** As much of a channel as a load-balancing policy sees: attempts that wait are picked for again with each picker. */
final class FakeChannel extends LoadBalancer.Helper {
    final SynchronizationContext sync = new SynchronizationContext((thread, failure) -> {
        throw new AssertionError(failure);
    });
    final List<FakeSubchannel> subchannels = new ArrayList<>();
    final List<Runnable> offloaded = new ArrayList<>();
    final Map<Attempt, PickSubchannelArgs> waiting = new LinkedHashMap<>();

    /** Where attempts went: a subchannel, or the status that they were told. */
    final Map<Attempt, Object> went = new LinkedHashMap<>();

    final MeshLoadBalancer policy = new MeshLoadBalancer(this);
    ConnectivityState state = ConnectivityState.IDLE;
    int pickers;

    /** Happens while waiting attempts are asked. */
    Runnable asking = () -> {};

    private @Nullable SubchannelPicker picker;

    FakeChannel(TakenName taken) {
        resolved(taken);
    }

    void resolved(TakenName taken) {
        sync.execute(() -> policy.acceptResolvedAddresses(ResolvedAddresses.newBuilder()
                .setAddresses(List.of())
                .setAttributes(Attributes.newBuilder().set(TakenName.KEY, taken).build())
                .build()));
    }

    void pick(Attempt attempt) {
        pick(attempt, CallOptions.DEFAULT.withOption(AttemptOption.KEY, attempt));
    }

    void pick(Attempt attempt, CallOptions options) {
        PickSubchannelArgs args = new Args(options);
        if (!settled(attempt, args)) {
            waiting.put(attempt, args);
        }
    }

    /** A task of the executor for what may block. */
    void runOffloaded() {
        List<Runnable> tasks = List.copyOf(offloaded);
        offloaded.clear();
        tasks.forEach(Runnable::run);
    }

    private boolean settled(Attempt attempt, PickSubchannelArgs args) {
        PickResult result = Objects.requireNonNull(picker).pickSubchannel(args);
        if (result.getSubchannel() != null) {
            went.put(attempt, result.getSubchannel());
        } else if (!result.getStatus().isOk()
                && (result.isDrop() || !args.getCallOptions().isWaitForReady())) {
            went.put(attempt, result.getStatus());
        } else {
            return false;
        }
        return true;
    }

    @Override
    public void updateBalancingState(ConnectivityState next, SubchannelPicker nextPicker) {
        sync.throwIfNotInThisSynchronizationContext();
        pickers++;
        asking.run();
        state = next;
        picker = nextPicker;
        List.copyOf(waiting.keySet()).forEach(attempt -> {
            if (settled(attempt, Objects.requireNonNull(waiting.get(attempt)))) {
                waiting.remove(attempt);
            }
        });
    }

    @Override
    public Subchannel createSubchannel(CreateSubchannelArgs args) {
        sync.throwIfNotInThisSynchronizationContext();
        FakeSubchannel made = new FakeSubchannel(args);
        subchannels.add(made);
        return made;
    }

    @Override
    public NameResolver.Args getNameResolverArgs() {
        return NameResolver.Args.newBuilder()
                .setDefaultPort(80)
                .setProxyDetector(address -> null)
                .setSynchronizationContext(sync)
                .setServiceConfigParser(new NameResolver.ServiceConfigParser() {
                    @Override
                    public NameResolver.ConfigOrError parseServiceConfig(Map<String, ?> raw) {
                        return NameResolver.ConfigOrError.fromConfig(raw);
                    }
                })
                .setOffloadExecutor(offloaded::add)
                .build();
    }

    @Override
    public SynchronizationContext getSynchronizationContext() {
        return sync;
    }

    @Override
    public String getAuthority() {
        return "reviews:9080";
    }

    @Override
    public ManagedChannel createOobChannel(EquivalentAddressGroup group, String authority) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledExecutorService getScheduledExecutorService() {
        throw new UnsupportedOperationException("timers are the mesh's");
    }

    @Override
    public ChannelLogger getChannelLogger() {
        throw new UnsupportedOperationException();
    }

    /** Does nothing by itself. */
    final class FakeSubchannel extends Subchannel {
        final CreateSubchannelArgs args;
        int dials;
        boolean shutdown;
        private @Nullable SubchannelStateListener listener;

        FakeSubchannel(CreateSubchannelArgs args) {
            this.args = args;
        }

        EquivalentAddressGroup group() {
            return args.getAddresses().get(0);
        }

        void becomes(ConnectivityState next) {
            tell(ConnectivityStateInfo.forNonError(next));
        }

        void fails(Status status) {
            tell(ConnectivityStateInfo.forTransientFailure(status));
        }

        private void tell(ConnectivityStateInfo news) {
            sync.execute(() -> Objects.requireNonNull(listener).onSubchannelState(news));
        }

        @Override
        public void start(SubchannelStateListener hears) {
            listener = hears;
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public void requestConnection() {
            dials++;
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.EMPTY;
        }
    }

    private static final class Args extends PickSubchannelArgs {
        private static final MethodDescriptor.Marshaller<String> NONE = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(String value) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String parse(InputStream stream) {
                throw new UnsupportedOperationException();
            }
        };
        private static final MethodDescriptor<String, String> METHOD = MethodDescriptor.<String, String>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName("test/Test")
                .setRequestMarshaller(NONE)
                .setResponseMarshaller(NONE)
                .build();

        private final CallOptions options;

        Args(CallOptions options) {
            this.options = options;
        }

        @Override
        public CallOptions getCallOptions() {
            return options;
        }

        @Override
        public Metadata getHeaders() {
            return new Metadata();
        }

        @Override
        public MethodDescriptor<?, ?> getMethodDescriptor() {
            return METHOD;
        }

        @Override
        public PickDetailsConsumer getPickDetailsConsumer() {
            return new PickDetailsConsumer() {};
        }
    }
}
