({
  init: function (component, event, helper) {
    component.find("omni").getServicePresenceStatusId().then(function (result) {
      component.set("v.message", "Already in " + result.statusApiName);
    }).catch(function () {
      helper.chooseStatus(component);
    });
  }
})
