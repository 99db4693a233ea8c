// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>

#include <map>

namespace atalaya {

/// A Prometheus label set, ordered by name.
using Labels = std::map<QString, QString>;

/// The value of a label, empty where it is absent (Prometheus treats both alike).
inline QString labelValue(const Labels &labels, const QString &name)
{
    const auto it = labels.find(name);
    return it == labels.end() ? QString() : it->second;
}

/// `{a="1", b="x\"y"}`, escaped as Prometheus does.
QString labelsText(const Labels &labels);

} // namespace atalaya
