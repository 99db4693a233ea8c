// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/breakers/breaker_store.h"
#include "models/workspace/workspace.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <memory>

namespace atalaya::breakers {

/// Every breaker of an environment as a matrix of breaker by instance for each system, with a side panel that sets
/// gauge and control endpoint of one cell side by side. Reads only.
class BreakersPage final : public QWidget
{
    Q_OBJECT
public:
    /// `environment`, `store` and `clock` must outlive the page.
    BreakersPage(const workspace::Environment &environment, BreakerStore &store, const Clock &clock,
                 const QTimeZone &zone, QWidget *parent = nullptr);
    ~BreakersPage() override;

    /// "21 breakers, 4 not closed, 6 not known".
    QString subtitle() const;
    /// Shows only this system; empty: all.
    void filterSystem(const QString &key);
    void setTimeZone(const QTimeZone &zone);
    bool isSettled() const;
    /// Splitter and sorting, for the owner to keep between runs.
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

} // namespace atalaya::breakers
