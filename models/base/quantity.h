// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

namespace atalaya {

/// A number made ready for a person, split so that a tile can draw figure and unit in different sizes.
struct QuantityText
{
    QString figure; ///< "27.4", "1.23 k", "NaN"; at most `digits` significant digits
    QString unit;   ///< "%", "ms", "/s", "" ; scaled with the figure (0.742 s -> "742" "ms")

    QString joined() const { return unit.isEmpty() ? figure : figure + u' ' + unit; }
    bool operator==(const QuantityText &) const = default;
};

/// `unit` is a unit of the query tables or of Grafana: "s", "ms", "ops", "reqps", "percent" (0 to 100), "percentunit"
/// (0 to 1), "bytes", "MB", "short", "EUR", "USD", "bool", "none" or any other text, which is shown as it is. NaN reads
/// "no value", never 0; infinities read "+Inf" and "-Inf".
QuantityText quantity(double value, const QString &unit, int digits = 3);

/// "1 panel", "3 panels": `one` or `many` with %1, where it has one, replaced by the number.
QString counted(qsizetype number, const QString &one, const QString &many);

/// The number in full, for tool tips and copy: shortest text that reads back to the same double, with the plain unit.
QString fullQuantity(double value, const QString &unit);

} // namespace atalaya
