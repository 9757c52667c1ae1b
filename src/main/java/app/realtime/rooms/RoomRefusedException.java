package app.realtime.rooms;

/** A room that may not be joined or cannot be left, with what the client is told. */
public final class RoomRefusedException extends Exception {

    /** Why, as in the {@code code} of the client's {@code error} event. */
    public enum Reason {
        NAME_MISSING("room_required", "Room name is required"),
        INVALID_NAME("invalid_room", "Invalid room format"),
        FORBIDDEN("room_forbidden", "Permission denied to join room"),
        TOO_MANY("room_limit", "Too many rooms: leave one before you join another"),
        NOT_JOINED("room_not_joined", "Not in this room"),
        PERMANENT("room_permanent", "The global room cannot be left");

        private final String code;
        private final String message;

        Reason(String code, String message) {
            this.code = code;
            this.message = message;
        }

        public String code() {
            return code;
        }

        public String message() {
            return message;
        }
    }

    private final Reason reason;

    public RoomRefusedException(Reason reason) {
        // Clients can cause these at will: no stack trace is filled in.
        super(reason.message(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
