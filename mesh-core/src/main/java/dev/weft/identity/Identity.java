package dev.weft.identity;

/**
 * What a process is and believes at one time. Certificate and roots change together, so that no handshake can meet one of
 * yesterday and one of today.
 *
 * @param svid its own certificate and key
 * @param bundle whom it believes
 * @param epoch greater with each change; tells identities apart in keys of pools and in logs
 */
public record Identity(Svid svid, TrustBundle bundle, long epoch) {}
