package dev.weft.http.courier;

import dev.weft.authz.external.Courier;
import dev.weft.http.body.OutgoingBody;
import dev.weft.http.call.Outbound;
import dev.weft.http.call.Terms;
import dev.weft.http.transport.HeadRules;
import dev.weft.request.Hints;
import dev.weft.request.RequestHead;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends over the mesh's transport. */
final class HttpCourier implements Courier {
    private final Outbound outbound;

    HttpCourier(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public CompletionStage<Answer> send(Parcel parcel) {
        try {
            // What was asked about came from a stranger: what cannot be sent is not tried.
            HeadRules.check(parcel.head());
            RequestHead led = led(parcel);
            Delivery delivery = new Delivery(parcel, outbound.transport().blocking());
            outbound.begin(led, OutgoingBody.of(parcel.body()), Terms.of(Hints.within(parcel.timeout())), delivery);
            return delivery.answer();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The head that leads to the cluster: the mesh knows the host by the name in the cluster's. */
    private static RequestHead led(Parcel parcel) {
        String[] name = parcel.cluster().split("\\|", -1);
        if (name.length != 4 || !name[0].equals("outbound")) {
            throw new IllegalArgumentException("cluster " + parcel.cluster() + ", outbound|PORT||HOST was expected");
        }
        RequestHead head = parcel.head();
        return new RequestHead(
                head.method(), "http", name[3] + ":" + name[1], head.path(), head.headers(), Integer.parseInt(name[1]));
    }
}
