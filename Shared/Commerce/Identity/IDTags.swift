public enum WorkspaceTag: IDTag { public static let prefix = "ws" }
public enum OrderTag: IDTag { public static let prefix = "ord" }
public enum ShipmentTag: IDTag { public static let prefix = "shp" }
public enum ReturnTag: IDTag { public static let prefix = "ret" }
public enum RefundTag: IDTag { public static let prefix = "rfd" }
public enum TicketTag: IDTag { public static let prefix = "tkt" }
public enum TenderTag: IDTag { public static let prefix = "tnd" }
public enum LedgerEntryTag: IDTag { public static let prefix = "ent" }
public enum SagaTag: IDTag { public static let prefix = "sag" }
public enum ReceivedTag: IDTag { public static let prefix = "whk" }
public enum KeyTag: IDTag { public static let prefix = "key" }
public enum DeadLetterTag: IDTag { public static let prefix = "dlt" }
public enum ScheduleTag: IDTag { public static let prefix = "sch" }
public enum AuditTag: IDTag { public static let prefix = "aud" }
public enum WebhookTag: IDTag { public static let prefix = "whe" }
public enum DeliveryTag: IDTag { public static let prefix = "dlv" }
public enum EmailTag: IDTag { public static let prefix = "eml" }
public enum DocumentTag: IDTag { public static let prefix = "doc" }
public enum WarrantyTag: IDTag { public static let prefix = "wty" }
public enum RegistrationTag: IDTag { public static let prefix = "reg" }
public enum BlindReceiptTag: IDTag { public static let prefix = "blr" }
public enum AlertTag: IDTag { public static let prefix = "alr" }

/// A tenant; every row and every message carries one.
public typealias WorkspaceID = ID<WorkspaceTag>
public typealias OrderID = ID<OrderTag>
public typealias ShipmentID = ID<ShipmentTag>
public typealias ReturnID = ID<ReturnTag>
public typealias RefundID = ID<RefundTag>
public typealias TicketID = ID<TicketTag>
/// A payment of an order.
public typealias TenderID = ID<TenderTag>
/// An entry of an order's ledger.
public typealias LedgerEntryID = ID<LedgerEntryTag>
public typealias SagaID = ID<SagaTag>
/// An inbound webhook as it was received.
public typealias ReceivedID = ID<ReceivedTag>
/// An API key.
public typealias KeyID = ID<KeyTag>
public typealias DeadLetterID = ID<DeadLetterTag>
public typealias ScheduleID = ID<ScheduleTag>
/// An entry of the audit log.
public typealias AuditID = ID<AuditTag>
/// An endpoint that outgoing webhooks go to.
public typealias WebhookID = ID<WebhookTag>
/// One event on its way to one endpoint.
public typealias DeliveryID = ID<DeliveryTag>
public typealias EmailID = ID<EmailTag>
/// A file that messages refer to, such as a label.
public typealias DocumentID = ID<DocumentTag>
/// A claim under a warranty.
public typealias WarrantyID = ID<WarrantyTag>
/// A product that its owner has registered.
public typealias RegistrationID = ID<RegistrationTag>
/// Goods that came in and that no return awaited.
public typealias BlindReceiptID = ID<BlindReceiptTag>
/// What people were told of trouble.
public typealias AlertID = ID<AlertTag>
