public enum WorkspaceTag: IDTag { public static let prefix = "ws" }
public enum OrderTag: IDTag { public static let prefix = "ord" }
public enum ShipmentTag: IDTag { public static let prefix = "shp" }
public enum SagaTag: IDTag { public static let prefix = "sag" }
public enum ReceivedTag: IDTag { public static let prefix = "whk" }
public enum KeyTag: IDTag { public static let prefix = "key" }
public enum DeadLetterTag: IDTag { public static let prefix = "dlt" }
public enum ScheduleTag: IDTag { public static let prefix = "sch" }
public enum AuditTag: IDTag { public static let prefix = "aud" }

/// A tenant; every row and every message carries one.
public typealias WorkspaceID = ID<WorkspaceTag>
public typealias OrderID = ID<OrderTag>
public typealias ShipmentID = ID<ShipmentTag>
public typealias SagaID = ID<SagaTag>
/// An inbound webhook as it was received.
public typealias ReceivedID = ID<ReceivedTag>
/// An API key.
public typealias KeyID = ID<KeyTag>
public typealias DeadLetterID = ID<DeadLetterTag>
public typealias ScheduleID = ID<ScheduleTag>
/// An entry of the audit log.
public typealias AuditID = ID<AuditTag>
