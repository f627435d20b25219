package dev.weft.grpc.link;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Sends each attempt to the host that the engine chose for it. It balances nothing: it keeps one connection for each host in use, and
 * lets it go when the host or the certificates are no longer those of the configuration. All methods within the channel's
 * synchronization context.
 */
final class MeshLoadBalancer extends LoadBalancer {
    private final Helper helper;
    private @Nullable Links links;
    private @Nullable MeshTarget target;

    MeshLoadBalancer(Helper helper) {
        this.helper = helper;
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
        TakenName taken = resolved.getAttributes().get(TakenName.KEY);
        if (taken == null) {
            Status misused = Status.UNAVAILABLE.withDescription(MeshLoadBalancerProvider.POLICY
                    + " works with names that the mesh has taken only; it is not for service configs of one's own");
            handleNameResolutionError(misused);
            return misused;
        }
        taken.hear();
        MeshTarget next = taken.target();
        if (next == null) {
            refuse(taken);
        } else if (!next.equals(target)) {
            end();
            target = next;
            links = new Links(helper, next.mesh(), taken.tls());
            links.begin();
        }
        return Status.OK;
    }

    private void refuse(TakenName taken) {
        end();
        if (taken.refusal() != null) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new Refusing(PickResult.withDrop(taken.refusal())));
        }
    }

    /** What was resolved before stays in force. */
    @Override
    public void handleNameResolutionError(Status error) {
        if (links == null) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
        }
    }

    @Override
    public boolean canHandleEmptyAddressListFromNameResolution() {
        return true;
    }

    @Override
    public void shutdown() {
        end();
    }

    private void end() {
        if (links != null) {
            links.close();
            links = null;
            target = null;
        }
    }

    /** Calls that wait in the engine are not refused: the name may come back before they send anything. */
    private static final class Refusing extends SubchannelPicker {
        private final PickResult refusal;

        Refusing(PickResult refusal) {
            this.refusal = refusal;
        }

        @Override
        public PickResult pickSubchannel(PickSubchannelArgs args) {
            return ChannelHold.isMet(args, null) ? PickResult.withNoResult() : refusal;
        }
    }
}
