import Messaging

// The same six steps that the peers are measured with.

struct CreateReturn: ReturnCommand {
    typealias Reply = StepTaken
    static let step = 0
    let order: ReturnedOrder

    init(_ order: ReturnedOrder) {
        self.order = order
    }
}

struct GenerateLabel: ReturnCommand {
    typealias Reply = StepTaken
    static let step = 1
    let order: ReturnedOrder

    init(_ order: ReturnedOrder) {
        self.order = order
    }
}

struct AttachLabel: ReturnCommand {
    typealias Reply = StepTaken
    static let step = 2
    let order: ReturnedOrder

    init(_ order: ReturnedOrder) {
        self.order = order
    }
}

struct CancelSubscription: ReturnCommand {
    typealias Reply = StepTaken
    static let step = 3
    let order: ReturnedOrder

    init(_ order: ReturnedOrder) {
        self.order = order
    }
}

struct MatchReturn: ReturnCommand {
    typealias Reply = StepTaken
    static let step = 4
    let order: ReturnedOrder

    init(_ order: ReturnedOrder) {
        self.order = order
    }
}

struct RefundOrder: ReturnCommand {
    typealias Reply = StepTaken
    static let step = 5
    let order: ReturnedOrder

    init(_ order: ReturnedOrder) {
        self.order = order
    }
}
