package dev.weft.authz.external;

import dev.weft.authz.Arrival;

/** One way to ask: what is sent, and what an answer means. */
sealed interface Authorizer permits HttpAuthorizer, GrpcAuthorizer {

    Courier.Parcel question(Arrival arrival);

    /** @throws NoAnswerException if this says neither yes nor no */
    Verdict verdict(Courier.Answer answer) throws NoAnswerException;
}
