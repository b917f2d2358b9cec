/// What is said to a customer about a return, in one language. Names of orders, carriers and goods are put in as they
/// are.
protocol ReturnWords: Sendable {
    var hello: String { get }
    func approved(_ order: String) -> String
    var printLabel: String { get }
    func carrier(_ name: String) -> String
    func tracking(_ number: String) -> String
    func follow(_ url: String) -> String
    func received(_ order: String) -> String
    func refunded(_ amount: String, _ order: String) -> String
    func refundedAsCredit(_ amount: String, _ order: String) -> String
    func cancelled(_ order: String) -> String
    func expired(_ order: String) -> String
    func rejected(_ order: String) -> String
    func exchanged(_ order: String) -> String
    var leaveLabel: String { get }
}

/// The languages that messages about returns are written in, as mails are.
enum ReturnLanguages {
    static let all: [(code: String, words: any ReturnWords)] = [
        ("en", EnglishReturnWords()), ("fr", FrenchReturnWords()),
    ]
}

struct EnglishReturnWords: ReturnWords {
    let hello = "Hello,"
    let printLabel = "The label for the parcel is attached: print it and put it on the parcel."
    let leaveLabel = "Please do not use the label for the parcel any more."

    func approved(_ order: String) -> String { "The return of order \(order) is approved. Please send back:" }
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

    func cancelled(_ order: String) -> String { "The return of order \(order) is cancelled." }

    func expired(_ order: String) -> String {
        "We have not seen your parcel in time, so the return of order \(order) has ended."
    }

    func rejected(_ order: String) -> String { "We cannot take back what you asked us to of order \(order)." }
    func exchanged(_ order: String) -> String { "The new goods for the exchange of order \(order) are ordered." }
}

struct FrenchReturnWords: ReturnWords {
    let hello = "Bonjour,"
    let printLabel = "L’étiquette du colis est jointe : imprimez-la et collez-la sur le colis."
    let leaveLabel = "Merci de ne plus utiliser l’étiquette du colis."

    func approved(_ order: String) -> String { "Le retour de la commande \(order) est accepté. Merci de renvoyer :" }
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

    func cancelled(_ order: String) -> String { "Le retour de la commande \(order) est annulé." }

    func expired(_ order: String) -> String {
        "Votre colis ne nous est pas parvenu à temps ; le retour de la commande \(order) a donc pris fin."
    }

    func rejected(_ order: String) -> String {
        "Nous ne pouvons pas reprendre ce que vous nous avez demandé de la commande \(order)."
    }

    func exchanged(_ order: String) -> String {
        "Les nouveaux articles de l’échange de la commande \(order) sont commandés."
    }
}
