// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metrics/metric_store.h"
#include "models/workspace/workspace.h"
#include "models/dashboards/variable_values.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::dashboards {

/// A dashboard's source and variables as menus. Options of "query" variables are asked from the source; until they
/// answer, the file's own choice stands.
class VariableBar final : public QWidget
{
    Q_OBJECT
public:
    VariableBar(const workspace::Environment &environment, metrics::MetricStore &metrics, const Clock &clock,
                QWidget *parent = nullptr);
    ~VariableBar() override;

    /// Menus for another dashboard; the choices made for it before are kept.
    void show(const Dashboard &dashboard, const QString &preferredSource);
    QString source() const;
    VariableChoices choices() const;
    /// No question for options is under way.
    bool isSettled() const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::dashboards
