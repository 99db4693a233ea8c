// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/dashboards/panel_queries.h"

#include <QtCore/QTimeZone>
#include <QtWidgets/QDialog>

namespace atalaya::dashboards {

/// What one panel asked and what came back, as of the moment it was opened: each query as sent, its source, step,
/// answer time, error in the server's words, and its series.
class InspectDialog final : public QDialog
{
    Q_OBJECT
public:
    InspectDialog(const QString &title, const QList<PanelQueries::Answer> &answers, const QString &unit,
                  const QTimeZone &zone, QWidget *parent = nullptr);
};

} // namespace atalaya::dashboards
