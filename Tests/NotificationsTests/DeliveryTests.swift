import Testing

/// What is due is claimed whosever it is: these take turns.
@Suite("Outgoing webhooks", .serialized, .tags(.postgres), .enabled(if: NotificationsBench.isThere))
struct DeliveryTests {}
