import Commerce
import Foundation

/// What an inspection said of units of one line beside their grade: answers to the policy's checklist, and photos.
public struct ReturnInspection: Sendable, Equatable {
    /// An item of the checklist as it was asked, with its answer.
    public struct Item: Codable, Sendable, Equatable {
        public var id: String
        public var text: String
        public var passed: Bool
        public var note: String?

        public init(id: String, text: String, passed: Bool, note: String?) {
            self.id = id
            self.text = text
            self.passed = passed
            self.note = note
        }
    }

    public var at: Date
    /// Who looked.
    public var actor: String
    public var lineID: String
    /// The numbers of the units within the order's line.
    public var units: [Int]
    public var grade: GoodsGrade?
    public var matched: Bool?
    public var checklist: [Item]
    /// URLs, never fetched.
    public var photos: [String]

    public init(
        at: Date, actor: String, lineID: String, units: [Int], grade: GoodsGrade?, matched: Bool?, checklist: [Item],
        photos: [String]
    ) {
        self.at = at
        self.actor = actor
        self.lineID = lineID
        self.units = units
        self.grade = grade
        self.matched = matched
        self.checklist = checklist
        self.photos = photos
    }
}

/// A member that has no value is null.
extension ReturnInspection: Encodable {
    enum CodingKeys: String, CodingKey {
        case at, actor, units, grade, matched, checklist, photos
        case lineID = "line_id"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at, forKey: .at)
        try container.encode(actor, forKey: .actor)
        try container.encode(lineID, forKey: .lineID)
        try container.encode(units, forKey: .units)
        try container.encode(grade, forKey: .grade)
        try container.encode(matched, forKey: .matched)
        try container.encode(checklist.map(ItemForm.init), forKey: .checklist)
        try container.encode(photos, forKey: .photos)
    }
}

private struct ItemForm: Encodable {
    let item: ReturnInspection.Item

    enum CodingKeys: CodingKey { case id, text, passed, note }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(item.id, forKey: .id)
        try container.encode(item.text, forKey: .text)
        try container.encode(item.passed, forKey: .passed)
        try container.encode(item.note, forKey: .note)
    }
}
