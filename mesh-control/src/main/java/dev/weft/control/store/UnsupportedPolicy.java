package dev.weft.control.store;

import dev.weft.control.validate.schema.Schema;

/**
 * What becomes of resources that are valid and say something that an in-process mesh does not do.
 *
 * @param routing of kinds that steer traffic
 * @param security of kinds that decide who may call whom
 */
public record UnsupportedPolicy(Treatment routing, Treatment security) {
    /**
     * Traffic goes on with what is honoured; a door that somebody believes to be locked is called out as a refusal and not
     * as a remark.
     */
    public static final UnsupportedPolicy DEFAULT = new UnsupportedPolicy(Treatment.WARN, Treatment.REFUSE);

    /** What is done about such a resource. */
    public enum Treatment {
        /** It is in force without the part, and that is said. */
        WARN,
        /** It is not in force at all. */
        REFUSE
    }

    Treatment of(String kind) {
        return Schema.security(kind) ? security : routing;
    }
}
