import Commerce
import Foundation

/// What is said to a customer about a return, in one language. Names of orders, carriers and goods are put in as they
/// are.
protocol ReturnWords: Sendable {
    var hello: String { get }
    func inReview(_ stage: ReviewStage, _ order: String) -> String
    func approved(_ order: String) -> String
    func keep(_ items: String) -> String
    var printLabel: String { get }
    /// Of the attached code that does in the place of the label.
    var showCode: String { get }
    func counterCode(_ code: String) -> String
    func carrier(_ name: String) -> String
    func tracking(_ number: String) -> String
    func follow(_ url: String) -> String
    func received(_ order: String) -> String
    func refunded(_ amount: String, _ order: String) -> String
    func refundedAsCredit(_ amount: String, _ order: String) -> String
    func bonus(_ amount: String) -> String
    func subscription(_ change: SubscriptionChange) -> String
    func cancelled(_ order: String) -> String
    func expired(_ order: String) -> String
    func rejected(_ order: String) -> String
    func partlyApproved(_ order: String) -> String
    func exchanged(_ order: String) -> String
    func unrefunded(_ order: String) -> String
    func repaired(_ order: String) -> String
    func replaced(_ order: String) -> String
    var leaveLabel: String { get }
    var leaveOtherLabel: String { get }
    /// What is said of goods that are claimed under warranty.
    var ofClaim: any ReturnWords { get }
}

/// The languages that messages about returns are written in, as mails are.
enum ReturnLanguages {
    static let all: [(code: String, words: any ReturnWords)] = [
        ("en", EnglishReturnWords()), ("fr", FrenchReturnWords()),
    ]

    /// The first of a customer's languages that there are words in; nil where there is none.
    static func code(for wishes: [String?]) -> String? {
        let languages = wishes.compactMap { wish in wish.flatMap { LanguageTag($0)?.language } }
        return languages.first { language in all.contains { $0.code == language } }
    }
}

struct EnglishReturnWords: ReturnWords {
    let hello = "Hello,"
    let printLabel = "The label for the parcel is attached: print it and put it on the parcel."
    let showCode = "Without a printer, show the attached code where you hand the parcel in."
    let leaveLabel = "Please do not use the label for the parcel any more."
    let leaveOtherLabel = "Please do not use the label that we sent you before."

    func inReview(_ stage: ReviewStage, _ order: String) -> String {
        switch stage {
        case .request: "Somebody is looking at the return of order \(order). You will hear from us."
        case .parcel:
            "Your parcel for the return of order \(order) is on its way for longer than it should be. Somebody is looking "
                + "for it. You will hear from us."
        case .goods:
            "Your parcel for the return of order \(order) is here, and somebody is looking at the goods. You will hear "
                + "from us."
        }
    }

    func approved(_ order: String) -> String { "The return of order \(order) is approved. Please send back:" }
    func keep(_ items: String) -> String { "Please keep: \(items); it need not come back." }
    func counterCode(_ code: String) -> String { "The code for handing it in is \(code)." }
    func carrier(_ name: String) -> String { "Carrier: \(name)" }
    func tracking(_ number: String) -> String { "Tracking number: \(number)" }
    func follow(_ url: String) -> String { "Follow the parcel: \(url)" }

    func received(_ order: String) -> String {
        "Your parcel for the return of order \(order) is here. We received:"
    }

    func refunded(_ amount: String, _ order: String) -> String {
        "We have refunded \(amount) for the return of order \(order), in the way that you paid; your bank may take some "
            + "days to show it."
    }

    func refundedAsCredit(_ amount: String, _ order: String) -> String {
        "We have refunded \(amount) for the return of order \(order), as store credit."
    }

    func bonus(_ amount: String) -> String { "We have added a bonus of \(amount) to your store credit." }

    func subscription(_ change: SubscriptionChange) -> String {
        switch change {
        case .cancelled: "The subscription of the goods is cancelled."
        case .ending: "The subscription of the goods ends with the period you have paid."
        case .skipped(let date): "The charge of the subscription on \(date) is skipped."
        case .paused(let date): "The subscription of the goods is paused and charged again on \(date)."
        }
    }

    func cancelled(_ order: String) -> String { "The return of order \(order) is cancelled." }

    func expired(_ order: String) -> String {
        "We have not seen your parcel in time, so the return of order \(order) has ended."
    }

    func rejected(_ order: String) -> String { "We cannot take back what you asked us to of order \(order)." }

    func partlyApproved(_ order: String) -> String {
        "A part of the return of order \(order) is approved, and you hear more about it from us. We cannot take back:"
    }

    func exchanged(_ order: String) -> String { "The new goods for the exchange of order \(order) are ordered." }

    func unrefunded(_ order: String) -> String {
        "The return of order \(order) is done. Nothing of its price is given back."
    }

    func repaired(_ order: String) -> String {
        "Your goods of order \(order) are repaired and on their way back to you:"
    }

    func replaced(_ order: String) -> String {
        "We have ordered new goods for you at no charge, in place of these of order \(order):"
    }

    var ofClaim: any ReturnWords { ClaimWords(own: self, return: "return of order", claim: "warranty claim on order") }
}

struct FrenchReturnWords: ReturnWords {
    let hello = "Bonjour,"
    let printLabel = "L’étiquette du colis est jointe : imprimez-la et collez-la sur le colis."
    let showCode = "Sans imprimante, présentez le code joint là où vous déposez le colis."
    let leaveLabel = "Merci de ne plus utiliser l’étiquette du colis."
    let leaveOtherLabel = "Merci de ne plus utiliser l’étiquette que nous vous avions envoyée."

    func inReview(_ stage: ReviewStage, _ order: String) -> String {
        switch stage {
        case .request: "Nous examinons le retour de la commande \(order). Vous aurez de nos nouvelles."
        case .parcel:
            "Votre colis pour le retour de la commande \(order) met plus de temps que prévu à nous parvenir. Nous le "
                + "recherchons. Vous aurez de nos nouvelles."
        case .goods:
            "Votre colis pour le retour de la commande \(order) est arrivé, et nous examinons les articles. Vous aurez de "
                + "nos nouvelles."
        }
    }

    func approved(_ order: String) -> String { "Le retour de la commande \(order) est accepté. Merci de renvoyer :" }
    func keep(_ items: String) -> String { "Veuillez garder : \(items) ; inutile de nous le renvoyer." }
    func counterCode(_ code: String) -> String { "Le code de dépôt est \(code)." }
    func carrier(_ name: String) -> String { "Transporteur : \(name)" }
    func tracking(_ number: String) -> String { "Numéro de suivi : \(number)" }
    func follow(_ url: String) -> String { "Suivre le colis : \(url)" }

    func received(_ order: String) -> String {
        "Votre colis pour le retour de la commande \(order) est arrivé. Nous avons reçu :"
    }

    func refunded(_ amount: String, _ order: String) -> String {
        "Nous avons remboursé \(amount) pour le retour de la commande \(order), par votre moyen de paiement ; votre banque "
            + "peut mettre quelques jours à l’afficher."
    }

    func refundedAsCredit(_ amount: String, _ order: String) -> String {
        "Nous avons remboursé \(amount) pour le retour de la commande \(order), en avoir."
    }

    func bonus(_ amount: String) -> String { "Nous avons ajouté un bonus de \(amount) à votre avoir." }

    func subscription(_ change: SubscriptionChange) -> String {
        switch change {
        case .cancelled: "L’abonnement de ces articles est résilié."
        case .ending: "L’abonnement de ces articles prend fin avec la période payée."
        case .skipped(let date): "L’échéance de l’abonnement du \(date) est annulée."
        case .paused(let date): "L’abonnement est suspendu ; prochaine échéance le \(date)."
        }
    }

    func cancelled(_ order: String) -> String { "Le retour de la commande \(order) est annulé." }

    func expired(_ order: String) -> String {
        "Votre colis ne nous est pas parvenu à temps ; le retour de la commande \(order) a donc pris fin."
    }

    func rejected(_ order: String) -> String {
        "Nous ne pouvons pas reprendre ce que vous nous avez demandé de la commande \(order)."
    }

    func partlyApproved(_ order: String) -> String {
        "Une partie du retour de la commande \(order) est acceptée, et nous vous en dirons plus. "
            + "Nous ne pouvons pas reprendre :"
    }

    func exchanged(_ order: String) -> String {
        "Les nouveaux articles de l’échange de la commande \(order) sont commandés."
    }

    func unrefunded(_ order: String) -> String {
        "Le retour de la commande \(order) est terminé. Rien de son prix n’est remboursé."
    }

    func repaired(_ order: String) -> String {
        "Vos articles de la commande \(order) sont réparés et vous sont renvoyés :"
    }

    func replaced(_ order: String) -> String {
        "Nous avons commandé pour vous, sans frais, de nouveaux articles à la place de ceux de la commande \(order) :"
    }

    var ofClaim: any ReturnWords {
        ClaimWords(own: self, return: "retour de la commande", claim: "dossier de garantie de la commande")
    }
}

/// The same words about a claim under a warranty.
private struct ClaimWords: ReturnWords {
    let own: any ReturnWords
    /// What a return, and what a claim, is called in the language; of the same gender.
    let `return`, claim: String

    private func said(_ words: String) -> String { words.replacingOccurrences(of: `return`, with: claim) }

    var hello: String { own.hello }
    var printLabel: String { own.printLabel }
    var showCode: String { own.showCode }
    func counterCode(_ code: String) -> String { own.counterCode(code) }
    var leaveLabel: String { own.leaveLabel }
    var leaveOtherLabel: String { own.leaveOtherLabel }
    var ofClaim: any ReturnWords { self }
    func inReview(_ stage: ReviewStage, _ order: String) -> String { said(own.inReview(stage, order)) }
    func approved(_ order: String) -> String { said(own.approved(order)) }
    func keep(_ items: String) -> String { own.keep(items) }
    func carrier(_ name: String) -> String { own.carrier(name) }
    func tracking(_ number: String) -> String { own.tracking(number) }
    func follow(_ url: String) -> String { own.follow(url) }
    func received(_ order: String) -> String { said(own.received(order)) }
    func refunded(_ amount: String, _ order: String) -> String { said(own.refunded(amount, order)) }
    func refundedAsCredit(_ amount: String, _ order: String) -> String { said(own.refundedAsCredit(amount, order)) }
    func bonus(_ amount: String) -> String { own.bonus(amount) }
    func subscription(_ change: SubscriptionChange) -> String { own.subscription(change) }
    func cancelled(_ order: String) -> String { said(own.cancelled(order)) }
    func expired(_ order: String) -> String { said(own.expired(order)) }
    func rejected(_ order: String) -> String { own.rejected(order) }
    func partlyApproved(_ order: String) -> String { said(own.partlyApproved(order)) }
    func exchanged(_ order: String) -> String { own.exchanged(order) }
    func unrefunded(_ order: String) -> String { said(own.unrefunded(order)) }
    func repaired(_ order: String) -> String { own.repaired(order) }
    func replaced(_ order: String) -> String { own.replaced(order) }
}
