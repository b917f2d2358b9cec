import Postgres

/// Every schema of the platform, in the order in which they are migrated: the views come last.
public enum SchemaCatalog {
    public static let all: [MigrationSet] = [
        PlatformSchema.migrations,
        GatewaySchema.migrations,
        OrderSchema.migrations,
        DispatchSchema.migrations,
        TrackingSchema.migrations,
        CoordinatorSchema.migrations,
        APISchema.migrations,
    ]

    /// The login roles that the migrations create.
    public static let roles: [String] = all.map(\.schema).filter { $0 != "platform" }.map { "stateset_\($0)" }
}
