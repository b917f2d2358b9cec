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
        ReturnsSchema.migrations,
        NotificationsSchema.migrations,
        APISchema.migrations,
        ProviderSchema.migrations,
    ]

    /// Schemas that belong to no single service.
    private static let common: Set = ["platform", "providers"]

    /// The login roles that the migrations create.
    public static let roles: [String] = all.map(\.schema).filter { !common.contains($0) }.map { "stateset_\($0)" }
}
