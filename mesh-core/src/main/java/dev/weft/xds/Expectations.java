package dev.weft.xds;

/** What is known of resources that are not here. Asked on the control thread. */
interface Expectations {

    /** Asked for, and neither answered nor given up. */
    boolean pending(ResourceType type, String name);

    /** Asked for, and said or taken not to exist. */
    boolean absent(ResourceType type, String name);

    /** Nobody asks for anything: what is not here does not exist. */
    Expectations NONE = new Expectations() {
        @Override
        public boolean pending(ResourceType type, String name) {
            return false;
        }

        @Override
        public boolean absent(ResourceType type, String name) {
            return false;
        }
    };
}
