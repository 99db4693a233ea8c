// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/flags/flag_store.h"
#include "models/health/health_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::flags {

/// Every feature flag of an environment: running value, default, phase, when it takes effect, who, when and why;
/// instances that differ are named. Reads only.
class FlagsPage final : public QWidget
{
    Q_OBJECT
public:
    /// `health` tells which instances answer while their metrics do not. All references must outlive the page.
    FlagsPage(const workspace::Environment &environment, FlagStore &store, health::HealthStore &health,
              const Clock &clock, const QTimeZone &zone, QWidget *parent = nullptr);
    ~FlagsPage() override;

    /// "5 flags, 1 pending restart, 1 differs".
    QString subtitle() const;
    /// Shows only this system; empty: all.
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &zone);
    bool isSettled() const;
    /// Splitter, columns and sorting, for the owner to keep between runs.
    QVariantMap remembered() const;
    void recall(const QVariantMap &remembered);

Q_SIGNALS:
    void subtitleChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace atalaya::flags
