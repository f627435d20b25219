package dev.weft.identity;

import dev.weft.identity.LeafUse.Side;
import dev.weft.runtime.Ticker;

/**
 * What a process is and believes at one time. Certificate and roots change together, so that no handshake can meet one of
 * yesterday and one of today.
 *
 * @param svid its own certificate and key
 * @param bundle whom it believes
 * @param epoch greater with each change; tells identities apart in keys of pools and in logs
 */
public record Identity(Svid svid, TrustBundle bundle, long epoch) {

    /** Fails if others who believe these roots would not believe this certificate, on either side of a connection. */
    public void check(Ticker ticker) throws PeerRefusedException {
        PeerChains.identity(svid.chain(), bundle, ticker.epochMillis(), Side.SERVER);
        PeerChains.identity(svid.chain(), bundle, ticker.epochMillis(), Side.CLIENT);
    }
}
